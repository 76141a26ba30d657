package dev.rnn4j.layer;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ConvolutionCell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.GruResetAfterCell;
import dev.rnn4j.cell.LayerNormLstmCell;
import dev.rnn4j.cell.LearnedStateCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.ProjectedLstmCell;
import dev.rnn4j.cell.RecurrentDropoutCell;
import dev.rnn4j.cell.WeightDropCell;
import dev.rnn4j.cell.ZoneoutCell;
import dev.rnn4j.part.LayerNorm;
import dev.rnn4j.part.RmsNorm;
import dev.rnn4j.pass.Layer;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** The layers of the library, and models that combine them: each maps [T, N, 4] or [T, N]. */
enum LayerCase {
  DENSE(r -> Dense.of(4, 3, r)),
  LAYER_NORM(r -> LayerNorm.of(4)),
  RMS_NORM(r -> RmsNorm.of(4)),
  GATED_LINEAR(r -> GatedLinear.of(4, 3, r)),
  RECURRENT(r -> new Recurrent<>(LstmCell.of(4, 5, r))),
  LAST_STEP(r -> new Recurrent<>(GruCell.of(4, 5, r)).last()),
  REVERSED(r -> new Reversed<>(GruCell.of(4, 5, r))),
  REVERSED_LAST(r -> new Reversed<>(LstmCell.of(4, 5, r)).last()),
  BIDIRECTIONAL(r -> two(r)),
  BIDIRECTIONAL_SUM(r -> two(r).merged(Merge.SUM)),
  BIDIRECTIONAL_MEAN(r -> two(r).merged(Merge.MEAN)),
  BIDIRECTIONAL_PRODUCT(r -> two(r).merged(Merge.PRODUCT)),
  BIDIRECTIONAL_LAST(r -> two(r).last()),
  DEEP(
      r ->
          new DeepRecurrent<>(
              List.of(
                  List.<Cell<LstmCell.State>>of(LstmCell.of(4, 5, r)),
                  List.of(LstmCell.of(5, 3, r))))),
  DEEP_BIDIRECTIONAL(
      r ->
          new DeepRecurrent<>(
                  List.of(
                      List.<Cell<LstmCell.State>>of(
                          ProjectedLstmCell.of(4, 5, 2, r), ProjectedLstmCell.of(4, 5, 2, r)),
                      List.of(ProjectedLstmCell.of(4, 3, 2, r), ProjectedLstmCell.of(4, 3, 2, r))))
              .last()),
  STACKED_UNEQUAL(
      r ->
          Stacked.of(
              new Recurrent<>(GruCell.of(4, 7, r)),
              new Recurrent<>(ElmanCell.of(7, 2, r)),
              new Recurrent<>(LstmCell.of(2, 5, r)))),
  RESIDUAL(r -> new Residual(new Recurrent<>(GruCell.of(4, 4, r)))),
  RESIDUAL_BLOCK(r -> Residual.block(LstmCell.of(4, 4, r), 4, r)),
  HIGHWAY(r -> Highway.of(new Recurrent<>(GruCell.of(4, 4, r)), 4, r)),
  CONVOLUTION(r -> new Recurrent<>(ConvolutionCell.of(4, 3, 3, r))),
  CONVOLUTION_OF_ONE(r -> new Recurrent<>(ConvolutionCell.of(4, 3, 1, r))),
  CONVOLUTION_DILATED(r -> new Recurrent<>(ConvolutionCell.of(4, 3, 2, r).dilated(3))),
  POOLING_LAST(r -> Stacked.of(Dense.of(4, 3, r), Pooling.LAST)),
  POOLING_MEAN(r -> Stacked.of(Dense.of(4, 3, r), Pooling.MEAN)),
  POOLING_MAX(r -> Stacked.of(Dense.of(4, 3, r), Pooling.MAX)),
  LEARNED_STATE(r -> new Recurrent<>(LearnedStateCell.of(LstmCell.of(4, 5, r)))),
  DROPOUT(r -> Stacked.of(new Dropout(0.4), Dense.of(4, 3, r), new Dropout(0.3))),
  VARIATIONAL_DROPOUT(r -> Stacked.of(new VariationalDropout(0.4), Dense.of(4, 3, r))),
  RECURRENT_DROPOUT(
      r -> new Recurrent<>(new RecurrentDropoutCell<>(GruResetAfterCell.of(4, 5, r), 0.3))),
  WEIGHT_DROP(r -> new Recurrent<>(new WeightDropCell<>(LstmCell.of(4, 5, r), 0.3))),
  ZONEOUT(r -> new Recurrent<>(ZoneoutCell.of(LstmCell.of(4, 5, r), 0.1, 0.5))),
  EMBEDDING(true, r -> Embedding.of(6, 3, r)),
  PADDED_EMBEDDING(
      true,
      r -> Stacked.of(Embedding.of(6, 3, r).padding(0), new Recurrent<>(GruCell.of(3, 4, r)))),
  WORD_DROPOUT(true, r -> WordDropout.of(Embedding.of(6, 3, r), 0.4)),
  PADDED_WORD_DROPOUT(true, r -> WordDropout.of(Embedding.of(6, 3, r).padding(2), 0.4)),
  TIED(true, LayerCase::tied),
  /** Everything at once. */
  COMBINED(
      r ->
          Stacked.of(
              new VariationalDropout(0.2),
              Bidirectional.of(
                  new RecurrentDropoutCell<>(LayerNormLstmCell.of(4, 3, r), 0.3),
                  new RecurrentDropoutCell<>(LayerNormLstmCell.of(4, 3, r), 0.3)),
              Residual.block(
                  new RecurrentDropoutCell<>(
                      ZoneoutCell.of(new WeightDropCell<>(GruCell.of(6, 6, r), 0.2), 0.1), 0.2),
                  6,
                  r),
              new Dropout(0.2),
              Dense.of(6, 2, r)));

  private final boolean ofIndices;
  private final Function<Random, Layer> factory;

  LayerCase(Function<Random, Layer> factory) {
    this(false, factory);
  }

  LayerCase(boolean ofIndices, Function<Random, Layer> factory) {
    this.ofIndices = ofIndices;
    this.factory = factory;
  }

  private static Bidirectional<GruCell.State> two(Random r) {
    return Bidirectional.of(GruCell.of(4, 3, r), GruCell.of(4, 3, r));
  }

  private static Layer tied(Random r) {
    Embedding embedding = Embedding.of(6, 3, r);
    return Stacked.of(embedding, new Recurrent<>(GruCell.of(3, 3, r)), TiedDense.with(embedding));
  }

  boolean ofIndices() {
    return ofIndices;
  }

  Layer of(long seed) {
    return factory.apply(new Random(seed));
  }
}
