package dev.rnn4j.train;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.LastStep;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.random.RandomGenerator;

/** Small models and data for the tests. */
final class Fixtures {
  private Fixtures() {}

  /** The output of the last step, through a linear layer. */
  record Forecast(LastStep<ElmanCell.State> rnn, Dense output) implements Layer {
    static Forecast of(int inputSize, int hiddenSize, int outputSize, long seed) {
      RandomGenerator random = new Philox(seed);
      return new Forecast(
          new Recurrent<>(ElmanCell.of(inputSize, hiddenSize, random)).last(),
          Dense.of(hiddenSize, outputSize, random));
    }

    @Override
    public Signal apply(Signal x) {
      return output.apply(rnn.apply(x));
    }
  }

  /** w·x for each element, whose loss is easily differentiated by hand. */
  record Scale(Parameter w) implements Layer {
    static Scale of(double w) {
      return new Scale(Parameter.of(Tensor.scalar(w)));
    }

    @Override
    public Signal apply(Signal x) {
      return x.map(values -> values.times(w));
    }
  }

  /** Returns a tensor of standard normal numbers. */
  static Tensor normal(RandomGenerator random, int... sizes) {
    Shape shape = Shape.of(sizes);
    double[] values = new double[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Tensor.of(shape, values);
  }

  /** Returns a batch for a forecast with one output. */
  static Batch batch(RandomGenerator random, int steps, int sequences, int inputSize) {
    return Batch.of(normal(random, steps, sequences, inputSize), normal(random, sequences, 1));
  }
}
