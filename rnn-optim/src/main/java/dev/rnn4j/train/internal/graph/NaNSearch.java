package dev.rnn4j.train.internal.graph;

import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.io.Batch;
import dev.rnn4j.pass.RandomKey;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks for the place where the numbers of an update stop being numbers. The batches are computed
 * once more, node by node, and what the loss or the gradient was made NaN or infinite by is in the
 * data, in the parameters, or comes out of a node.
 */
public final class NaNSearch {
  /** What helps against numbers that grow. */
  public static final String CURE = "; try a smaller learning rate or Clip.byGlobalNorm(1)";

  private static final String CURES =
      CURE + ", or -Drnn.checks=nan, which looks at every value of every run";

  /**
   * What was found.
   *
   * @param text where it begins, and what helps
   * @param inData whether it begins in the data, and nowhere else
   */
  public record Found(String text, boolean inData) {}

  /** A graph, and where what is not finite in it comes from. */
  private record Search(StepGraph graph, Origins origins) {}

  private final Settings settings;
  private final Precision precision;
  private final List<Search> searches = new ArrayList<>();

  private NaNSearch(Settings settings) {
    this.settings = settings;
    this.precision = settings.weights().precision();
  }

  /**
   * Returns where it begins.
   *
   * @param inLoss whether the loss is not finite, and else the gradient
   * @param update the number of the update
   * @param firstStep the time step that the first batch begins with
   * @param batches those of the update
   */
  public static Found in(
      Settings settings, boolean inLoss, long update, int firstStep, Batch... batches) {
    NaNSearch search = new NaNSearch(settings);
    try {
      search.go(inLoss, search.graphs(update, firstStep, batches));
    } catch (OutOfMemoryError e) { // where a plan fits, all values of its nodes may not
      search.searches.clear();
      return search.unseen(batches);
    }
    return search.found();
  }

  private List<StepGraph> graphs(long update, int firstStep, Batch... batches) {
    List<StepGraph> graphs = new ArrayList<>();
    int step = firstStep;
    int sequence = 0;
    for (Batch batch : batches) {
      Tensor key = RandomKey.of(settings.seed(), update, step, sequence);
      graphs.add(StepGraph.training(settings, batch, key));
      if (settings.carries()) {
        step += batch.steps();
      } else {
        sequence += batch.sequences();
      }
    }
    return graphs;
  }

  private void go(boolean inLoss, List<StepGraph> graphs) {
    List<double[]> weights = graphs.stream().map(StepGraph::weights).toList();
    for (StepGraph graph : graphs) {
      List<Node> sums = graph.sums();
      List<Node> nodes =
          inLoss
              ? IntStream.range(0, sums.size())
                  .filter(i -> weights.stream().anyMatch(of -> of[i] != 0)) // others are left out
                  .mapToObj(sums::get)
                  .toList()
              : graph.gradients(graph.parameters());
      searches.add(new Search(graph, new Origins(graph.values(precision), nodes)));
    }
  }

  private Found found() {
    Optional<String> data = first(this::data);
    Optional<String> read = first(this::parameter);
    Optional<String> parameter = read.or(this::trained);
    Optional<String> computed = first(NaNSearch::computed);
    if (data.isPresent()) {
      String also = parameter.map(text -> "; and " + text).orElse("");
      boolean only = parameter.isEmpty() && computed.isEmpty();
      return new Found(data.get() + ": look for it in the data" + also, only);
    }
    String text = read.or(() -> computed).or(() -> parameter).orElseGet(this::nothing);
    return new Found(text + CURES, false);
  }

  /** Returns what is found in the first batch where something is. */
  private Optional<String> first(Function<Search, Optional<String>> look) {
    return searches.stream().flatMap(search -> look.apply(search).stream()).findFirst();
  }

  private Optional<String> data(Search search) {
    Batch batch = search.graph.batch();
    return search.graph.inputs().entrySet().stream()
        .flatMap(
            entry ->
                search.origins.in(entry.getKey()).stream()
                    .map(
                        position ->
                            given(entry.getKey().name(), entry.getValue(), batch, position)))
        .findFirst();
  }

  private String given(String name, Tensor tensor, Batch batch, int position) {
    double value = tensor.at(position);
    return name
        + " has "
        + value
        + (Double.isFinite(value) ? ", which is infinite in " + precision + "," : "")
        + " at "
        + where(tensor.shape(), batch, position);
  }

  private Optional<String> parameter(Search search) {
    Optional<String> own =
        settings.parameters().entrySet().stream()
            .filter(entry -> search.origins.in(entry.getValue()).isPresent())
            .map(Map.Entry::getKey)
            .findFirst();
    return own.or(() -> search.origins.parameters().stream().map(Graphs::title).findFirst())
        .map(NaNSearch::notFinite);
  }

  /** Returns a parameter that should not be as it is, whether it is read or not. */
  private Optional<String> trained() {
    return settings.trained().stream()
        .filter(each -> !isFinite(settings.weights().get(each.parameter())))
        .map(each -> notFinite(each.path()))
        .findFirst();
  }

  private static String notFinite(String path) {
    return "the parameter " + path + " is not finite before the update";
  }

  private static boolean isFinite(Tensor tensor) {
    return Arrays.stream(tensor.toDoubles()).allMatch(Double::isFinite);
  }

  private static Optional<String> computed(Search search) {
    Origins origins = search.origins;
    Batch batch = search.graph.batch();
    Optional<String> infinite =
        origins.firstInfinite().map(at -> "the first infinite value is " + text(at, batch));
    Optional<String> nan =
        origins.firstNaN().map(at -> "the first NaN comes out of " + text(at, batch));
    if (nan.isPresent() && infinite.isPresent() && origins.isOfInfinite()) {
      return Optional.of(infinite.get() + "; " + nan.get());
    }
    return nan.or(() -> infinite);
  }

  /** Returns what is not finite, whether the loss comes of it or not. */
  private Found unseen(Batch... batches) {
    StringBuilder text = new StringBuilder("the heap is too small to look for the first NaN");
    Stream.concat(Arrays.stream(batches).flatMap(this::bad), trained().stream())
        .forEach(each -> text.append("; ").append(each));
    return new Found(text + CURES, false);
  }

  private Stream<String> bad(Batch batch) {
    return batch.parts().stream()
        .flatMap(
            part -> {
              double[] values = part.tensor().to(precision).toDoubles();
              return IntStream.range(0, values.length)
                  .filter(i -> !Double.isFinite(values[i]))
                  .limit(1)
                  .mapToObj(i -> given(part.name(), part.tensor(), batch, i));
            });
  }

  private String nothing() {
    List<String> reasons = new ArrayList<>();
    if (precision == Precision.FLOAT32) {
      reasons.add("some number is too large for float32");
    }
    if (settings.carries()) {
      reasons.add("a state that was carried is not finite");
    }
    return "no value is NaN or infinite where the batch is computed once more, node by node"
        + (settings.carries() ? " and from new states" : "")
        + (reasons.isEmpty() ? "" : ": " + String.join(", or ", reasons));
  }

  private static String text(Origins.Place place, Batch batch) {
    Node node = place.node();
    return Graphs.title(node)
        + ", "
        + node.shape()
        + node.family().source().map(of -> ", in the gradient of " + of).orElse("")
        + ", at "
        + (node.step() == Trace.NO_STEP ? "" : "time step " + node.step() + ", ")
        + where(node.shape(), batch, place.position())
        + node.family().builtAt().map(line -> ", built at " + line).orElse("");
  }

  /** Returns step and sequence of an element, where the shape has such axes. */
  private static String where(Shape shape, Batch batch, int position) {
    int sequences = batch.sequences();
    if (shape.rank() >= 2 && shape.size(0) == batch.steps() && shape.size(1) == sequences) {
      int row = position / rest(shape, 2);
      return "time step " + row / sequences + ", sequence " + row % sequences;
    }
    if (shape.rank() >= 1 && shape.size(0) == sequences) {
      return "sequence " + position / rest(shape, 1);
    }
    return "element " + position;
  }

  private static int rest(Shape shape, int from) {
    int elements = 1;
    for (int axis = from; axis < shape.rank(); axis++) {
      elements *= shape.size(axis);
    }
    return elements;
  }
}
