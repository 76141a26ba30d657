package dev.rnn4j.train.internal.graph;

import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Batch;
import dev.rnn4j.pass.RandomKey;
import dev.rnn4j.tensor.Precision;
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

  /**
   * A graph, and where what is not finite in it comes from.
   *
   * @param places the words for places in its batch
   */
  private record Search(StepGraph graph, Origins origins, Places places) {}

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
      search.go(inLoss, search.graphs(update, firstStep, batches), firstStep);
    } catch (OutOfMemoryError e) { // where a plan fits, all values of its nodes may not
      search.searches.clear();
      return search.unseen(firstStep, batches);
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
      step = after(batch, step);
      sequence += settings.carries() ? 0 : batch.sequences();
    }
    return graphs;
  }

  /** Returns the time step that the batch behind one begins with. */
  private int after(Batch batch, int firstStep) {
    return settings.carries() ? firstStep + batch.steps() : firstStep;
  }

  private void go(boolean inLoss, List<StepGraph> graphs, int firstStep) {
    List<double[]> weights = graphs.stream().map(StepGraph::weights).toList();
    int step = firstStep;
    for (StepGraph graph : graphs) {
      List<Node> sums = graph.sums();
      List<Node> nodes =
          inLoss
              ? IntStream.range(0, sums.size())
                  .filter(i -> weights.stream().anyMatch(of -> of[i] != 0)) // others are left out
                  .mapToObj(sums::get)
                  .toList()
              : graph.gradients(graph.parameters());
      searches.add(
          new Search(
              graph,
              new Origins(graph.values(precision), nodes),
              new Places(settings, graph.batch(), step)));
      step = after(graph.batch(), step);
    }
  }

  private Found found() {
    Optional<String> data = firstInBatch(this::data);
    Optional<String> read = first(this::parameter);
    Optional<String> parameter = read.or(this::trained);
    Optional<String> computed = firstInBatch(NaNSearch::computed);
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

  /** Returns the same with the batch's number, where an update has several. */
  private Optional<String> firstInBatch(Function<Search, Optional<String>> look) {
    return IntStream.range(0, searches.size())
        .boxed()
        .flatMap(
            i -> look.apply(searches.get(i)).stream().map(text -> text + ofAll(i, searches.size())))
        .findFirst();
  }

  private static String ofAll(int batch, int count) {
    return count == 1 ? "" : ", in batch " + (batch + 1) + " of the " + count + " of this update";
  }

  private Optional<String> data(Search search) {
    List<Batch.Part> parts = search.graph.batch().parts();
    List<Input> inputs = List.copyOf(search.graph.inputs().keySet()); // the batch's come first
    return IntStream.range(0, parts.size())
        .boxed()
        .flatMap(
            i ->
                search.origins.in(inputs.get(i)).stream()
                    .map(position -> given(search.places, parts.get(i).tensor(), i, position)))
        .findFirst();
  }

  /** Returns what a part of a batch has at some place. */
  private String given(Places places, Tensor tensor, int part, int position) {
    double value = tensor.at(position);
    return places.nameOf(part)
        + " has "
        + value
        + (Double.isFinite(value) ? ", which is infinite in " + precision + "," : "")
        + " at "
        + places.inPart(part, position);
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
    Optional<String> infinite =
        origins.firstInfinite().map(at -> "the first infinite value is " + text(at, search.places));
    Optional<String> nan =
        origins.firstNaN().map(at -> "the first NaN comes out of " + text(at, search.places));
    if (nan.isPresent() && infinite.isPresent() && origins.isOfInfinite()) {
      return Optional.of(infinite.get() + "; " + nan.get());
    }
    return nan.or(() -> infinite);
  }

  /** Returns what is not finite, whether the loss comes of it or not. */
  private Found unseen(int firstStep, Batch... batches) {
    StringBuilder text = new StringBuilder("the heap is too small to look for the first NaN");
    int step = firstStep;
    for (int i = 0; i < batches.length; i++) {
      String which = ofAll(i, batches.length);
      bad(batches[i], new Places(settings, batches[i], step))
          .forEach(each -> text.append("; ").append(each).append(which));
      step = after(batches[i], step);
    }
    trained().ifPresent(each -> text.append("; ").append(each));
    return new Found(text + CURES, false);
  }

  private Stream<String> bad(Batch batch, Places places) {
    return IntStream.range(0, batch.parts().size())
        .boxed()
        .flatMap(
            part -> {
              Tensor tensor = batch.parts().get(part).tensor();
              double[] values = tensor.to(precision).toDoubles();
              return IntStream.range(0, values.length)
                  .filter(i -> !Double.isFinite(values[i]))
                  .limit(1)
                  .mapToObj(i -> given(places, tensor, part, i));
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

  private static String text(Origins.Place place, Places places) {
    Node node = place.node();
    return Graphs.title(node)
        + ", "
        + node.shape()
        + node.family().source().map(of -> ", in the gradient of " + of).orElse("")
        + ", at "
        + places.in(node, place.position())
        + node.family().builtAt().map(line -> ", built at " + line).orElse("");
  }
}
