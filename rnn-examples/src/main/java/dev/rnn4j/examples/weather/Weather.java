package dev.rnn4j.examples.weather;

import dev.rnn4j.csv.Csv;
import dev.rnn4j.examples.cli.KeepOptions;
import dev.rnn4j.examples.cli.KeptLoop;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.Scenario;
import dev.rnn4j.examples.cli.TableOptions;
import dev.rnn4j.io.Batch;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.table.Rows;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the loss of every tenth epoch, the gradients of every one, and a forecast. */
@Command(
    name = "weather",
    description = "002, second half: tomorrow's maximum temperature from windows of a week")
public final class Weather extends Scenario {
  /** First test rows that the network is shown after training; the document's is the last. */
  private static final int[] TEST_WINDOWS = {0, 100, 4651, 12088};

  private static final int TEST_ROWS = 4;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "five columns: date, maximum, minimum, rain, tomorrow's maximum"
              + " (default: the bundled weather of Seattle)")
  private Path csv;

  @Mixin private TableOptions options;

  @Option(
      names = "--rate",
      paramLabel = "R",
      converter = Numbers.Rate.class,
      description = "learning rate (default: ${DEFAULT-VALUE})")
  private double rate = 1e-3;

  @Option(
      names = "--momentum",
      paramLabel = "M",
      converter = Numbers.Finite.class,
      description = "momentum (default: ${DEFAULT-VALUE})")
  private double momentum = 0;

  @Option(
      names = "--windows",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "train on the first windows only (default: all)")
  private int windows = -1;

  @Mixin private KeepOptions keep;

  @Override
  protected void run(Report report) throws IOException {
    long seed = seed(0);
    int epochs = epochs(51);
    WeatherData data = data();
    List<Batch> training = data.windows(windows);
    data.preview().forEach(this::print);
    printShapes(data);
    Sgd optimizer = Sgd.rate(rate).momentum(momentum);
    WeatherTraining network = new WeatherTraining(new NumpyRandom(seed), optimizer, precision());
    report
        .setting("seed", seed)
        .setting("epochs", epochs)
        .setting("learningRate", rate)
        .setting("momentum", momentum)
        .setting("windows", training.size())
        .setting("data", data.rows().source());
    report
        .value("scalerMean", Tensor.of(data.scaler().mean()))
        .value("scalerScale", Tensor.of(data.scaler().scale()))
        .value("firstWindow", network.lookAt(training.get(0)));

    train(network, training, epochs, data.train().size(), report);
    predict(network, data, report);
  }

  private WeatherData data() {
    if (csv == null) {
      options.requireUnset();
      return WeatherData.bundled();
    }
    say("reading the table");
    return WeatherData.of(options.applyTo(Csv.file(csv)));
  }

  private void printShapes(WeatherData data) {
    int rows = data.rows().rows();
    print("X: (" + rows + ", 3)");
    print("y: (" + rows + ",)");
    print(shapes("train", data.train()));
    print(shapes("test", data.test()));
  }

  private static String shapes(String part, Rows rows) {
    int n = rows.size();
    return "X_" + part + ": (" + n + ", 3), y_" + part + ": (" + n + ",)";
  }

  private void train(
      WeatherTraining network, List<Batch> windows, int epochs, int rows, Report report)
      throws IOException {
    List<Double> epochLosses = new ArrayList<>();
    List<Double> windowLosses = new ArrayList<>();
    List<List<Double>> norms = new ArrayList<>();
    Map<String, ?> settings =
        Map.of("scenario", "weather", "rate", rate, "momentum", momentum, "rows", rows);
    try (KeptLoop loop = keep.loop(network.step(), settings)) {
      loop.rounds(
          epochs,
          () -> epoch(network, windows, rows),
          (epoch, found) -> {
            List<Double> three = List.of(found[2], found[3], found[4]);
            epochLosses.add(found[0]);
            windowLosses.add(found[1]);
            norms.add(three);
            printEpoch(epoch, found[0], three);
          });
      loop.finish();
    }
    report
        .value("epochLosses", epochLosses)
        .value("meanWindowLosses", windowLosses)
        .value("gradientNorms", norms);
  }

  /** Trains on all windows; returns both losses and the norms of three gradients. */
  private static double[] epoch(WeatherTraining network, List<Batch> windows, int rows) {
    double printed = 0;
    double sum = 0;
    for (Batch window : windows) {
      network.update(window);
      printed += network.printedLoss();
      sum += network.windowLoss();
    }
    List<Double> norms = network.gradientNorms();
    return new double[] {
      printed / rows, sum / windows.size(), norms.get(0), norms.get(1), norms.get(2)
    };
  }

  private void printEpoch(int epoch, double loss, List<Double> norms) {
    if (epoch % 10 == 0) {
      print("Epoch loss " + epoch + ":", loss);
    }
    print(
        "dInput weights:",
        norms.get(0) + ",",
        "dhidden weights:",
        norms.get(1) + ",",
        "doutput weights:",
        norms.get(2));
  }

  private void predict(WeatherTraining network, WeatherData data, Report report) {
    report.value("predictionsFirst10", network.predict(data.inputs(firstTen(data.train()))));
    Map<String, Tensor> predictions = new LinkedHashMap<>();
    Rows shown = null;
    for (int first : TEST_WINDOWS) {
      if (first + TEST_ROWS <= data.test().size()) {
        int from = data.test().from() + first;
        shown = new Rows(from, from + TEST_ROWS);
        predictions.put(Integer.toString(first), network.predict(data.inputs(shown)));
      }
    }
    report.value("testWindowPredictions", predictions);
    if (shown != null) {
      Tensor prediction = network.predict(data.inputs(shown));
      Tensor target = Tensor.of(data.targets(shown));
      print(prediction);
      print(target);
      print("Loss:", loss(prediction, target));
    }
  }

  private static Rows firstTen(Rows train) {
    return new Rows(0, Math.min(10, train.size()));
  }

  /** Returns the mean of ½ (prediction − target)². */
  private static double loss(Tensor prediction, Tensor target) {
    double sum = 0;
    for (int i = 0; i < TEST_ROWS; i++) {
      double difference = prediction.at(i) - target.at(i);
      sum += 0.5 * difference * difference;
    }
    return sum / TEST_ROWS;
  }
}
