package dev.rnn4j.train.internal.graph;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.io.BatchSignature;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.RandomKey;
import dev.rnn4j.train.internal.graph.Assignment.Trained;
import java.util.ArrayList;
import java.util.List;

/** The graph of the objective for one form of batch, or for a segment of it. */
public final class BatchGraph {
  /** What random numbers follow from, or null where there are none. */
  public final Input key;

  /** Where states come from, or null where sequences begin anew. */
  public final States.Source source;

  /** Where the states of a segment come from, or null for whole sequences. */
  public final SegmentStates segments;

  public final BatchInputs inputs;
  public final Losses losses;
  public final Terms terms;
  private final Settings settings;

  private BatchGraph(
      Settings settings,
      States states,
      BatchSignature form,
      Input key,
      States.Source source,
      SegmentStates segments) {
    this.settings = settings;
    this.key = key;
    this.source = source;
    this.segments = segments;
    ForwardPass pass = key == null ? ForwardPass.inference() : ForwardPass.training(key);
    ForwardPass carrying = source == null ? pass : pass.carrying(source);
    this.inputs =
        new BatchInputs(form, segments == null ? carrying : carrying.inSegments(segments));
    try (Scope scope = Scope.enter(settings.model())) {
      losses = settings.objective().of(inputs);
    }
    terms = new Terms(losses, inputs);
    Ownership.check(
        terms.sums(),
        parameter ->
            settings.known().contains(parameter) || (states != null && states.holds(parameter)),
        List.copyOf(settings.parameters().keySet()));
  }

  /** Builds the graph that evaluates, in inference. */
  public static BatchGraph evaluating(Settings settings, States states, BatchSignature form) {
    return new BatchGraph(settings, states, form, null, source(states), null);
  }

  private static States.Source source(States states) {
    return states == null ? null : states.source();
  }

  /** Builds the graph that trains. */
  public static BatchGraph training(Settings settings, States states, BatchSignature form) {
    return training(settings, states, form, null);
  }

  private static BatchGraph training(
      Settings settings, States states, BatchSignature form, SegmentStates segments) {
    Input key = RandomKey.input();
    BatchGraph graph = new BatchGraph(settings, states, form, key, source(states), segments);
    graph.checkTrains();
    return graph;
  }

  /** Builds the graph of a segment. */
  public static BatchGraph ofSegment(
      Settings settings, States states, BatchSignature form, boolean trains) {
    return trains
        ? training(settings, states, form, new SegmentStates())
        : new BatchGraph(settings, states, form, null, source(states), new SegmentStates());
  }

  private void checkTrains() {
    Order order = new Order(terms.sums());
    checkArgument(
        parameters().stream().anyMatch(parameter -> order.of(parameter) >= 0),
        "the loss depends on no parameter that is trained: %s",
        settings.trained().stream().map(Trained::path).toList());
  }

  /** Returns the trained parameters. */
  List<Parameter> parameters() {
    return settings.trained().stream().map(Trained::parameter).toList();
  }

  /** Returns the losses' sums, and what is read after a run. */
  public List<Node> outputs() {
    List<Node> outputs = new ArrayList<>(terms.sums());
    outputs.addAll(losses.outputs().values());
    return outputs;
  }
}
