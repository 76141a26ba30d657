package dev.rnn4j.contract;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.CfcCell;
import dev.rnn4j.cell.ClockworkCell;
import dev.rnn4j.cell.CoRnnCell;
import dev.rnn4j.cell.ConvolutionCell;
import dev.rnn4j.cell.CoupledLstmCell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.FastGrnnCell;
import dev.rnn4j.cell.ForgetGate;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.GruResetAfterCell;
import dev.rnn4j.cell.ImexLinOssCell;
import dev.rnn4j.cell.ImplicitLinOssCell;
import dev.rnn4j.cell.IndRnnCell;
import dev.rnn4j.cell.JanetCell;
import dev.rnn4j.cell.LayerNormLstmCell;
import dev.rnn4j.cell.LearnedStateCell;
import dev.rnn4j.cell.LemCell;
import dev.rnn4j.cell.LightGruCell;
import dev.rnn4j.cell.LmuCell;
import dev.rnn4j.cell.LruCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.MguCell;
import dev.rnn4j.cell.MinimalGruCell;
import dev.rnn4j.cell.MinimalLstmCell;
import dev.rnn4j.cell.MlstmCell;
import dev.rnn4j.cell.PeepholeLstmCell;
import dev.rnn4j.cell.ProjectedLstmCell;
import dev.rnn4j.cell.RecurrentDropoutCell;
import dev.rnn4j.cell.RgLruCell;
import dev.rnn4j.cell.SelectiveSsmCell;
import dev.rnn4j.cell.SlstmCell;
import dev.rnn4j.cell.SruCell;
import dev.rnn4j.cell.WeightDropCell;
import dev.rnn4j.cell.ZoneoutCell;
import java.util.List;
import java.util.random.RandomGenerator;

/** One of each cell that the library has. */
final class LibraryCells {
  private LibraryCells() {}

  static List<Cell<?>> all(RandomGenerator r) {
    return List.of(
        ElmanCell.of(3, 4, r),
        LstmCell.of(3, 4, r),
        GruCell.of(3, 4, r),
        GruResetAfterCell.of(3, 4, r),
        MguCell.of(3, 4, r),
        LayerNormLstmCell.of(3, 4, r),
        ProjectedLstmCell.of(3, 5, 2, r),
        PeepholeLstmCell.of(3, 4, r),
        CoupledLstmCell.of(3, 4, r),
        JanetCell.of(3, 4, r),
        IndRnnCell.of(3, 4, r),
        LightGruCell.of(3, 4, r),
        MinimalGruCell.of(3, 4, r),
        MinimalLstmCell.of(3, 4, r),
        ClockworkCell.of(3, 6, 3, r),
        CoRnnCell.of(3, 4, r),
        LemCell.of(3, 4, r),
        ImplicitLinOssCell.of(3, 4, 2, r),
        ImexLinOssCell.of(3, 4, 2, r),
        LruCell.of(3, 4, 2, r),
        RgLruCell.of(4, r),
        SelectiveSsmCell.of(4, 3, r),
        SlstmCell.of(3, 4, r),
        MlstmCell.of(3, 4, 2, r),
        exponential(SlstmCell.of(3, 4, r)),
        exponential(MlstmCell.of(3, 4, 2, r)),
        CfcCell.of(3, 4, r),
        LmuCell.of(3, 4, 5, 6, r),
        SruCell.of(4, r),
        FastGrnnCell.of(3, 4, r),
        ConvolutionCell.of(3, 4, 3, r),
        LearnedStateCell.of(LstmCell.of(3, 4, r)),
        new RecurrentDropoutCell<>(GruCell.of(3, 4, r), 0.3),
        new WeightDropCell<>(LstmCell.of(3, 4, r), 0.3),
        ZoneoutCell.of(LstmCell.of(3, 4, r), 0.1, 0.2));
  }

  private static SlstmCell exponential(SlstmCell c) {
    return new SlstmCell(c.input(), c.forget(), c.candidate(), c.output(), ForgetGate.EXPONENTIAL);
  }

  private static MlstmCell exponential(MlstmCell c) {
    return new MlstmCell(
        c.query(), c.key(), c.value(), c.output(), c.input(), c.forget(), ForgetGate.EXPONENTIAL);
  }
}
