package dev.rnn4j.examples.compared;

import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Embedding;
import dev.rnn4j.layer.Residual;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.pass.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A task of symbols {@code [T, N]} with one of some classes at every step. */
abstract class SymbolTask implements SequenceTask {
  private final int symbols;
  private final int classes;
  private final int layers;
  private final int size;

  /**
   * Describes the network: an embedding, residual blocks of the cell, and logits.
   *
   * @param layers how many blocks
   * @param size the hidden size, which is that of the embedding too
   */
  SymbolTask(int symbols, int classes, int layers, int size) {
    this.symbols = symbols;
    this.classes = classes;
    this.layers = layers;
    this.size = size;
  }

  @Override
  public Layer model(ComparedCell cell, RandomGenerator random) {
    List<Layer> all = new ArrayList<>(List.of(Embedding.of(symbols, size, random)));
    for (int i = 0; i < layers; i++) {
      all.add(Residual.block(cell.of(size, size, random), size, random));
    }
    all.add(Dense.of(size, classes, random));
    return Stacked.of(all.toArray(Layer[]::new));
  }

  @Override
  public Loss loss() {
    return Losses.softmaxCrossEntropyOfIndices();
  }
}
