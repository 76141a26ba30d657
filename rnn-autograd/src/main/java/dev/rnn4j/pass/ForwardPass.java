package dev.rnn4j.pass;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Records;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.tensor.ShapeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One traversal of a model, for training or for inference: the moment at which its graph is built.
 * It comes with the signals, hands out random nodes and initial states, and is over when the model
 * has been applied; layers remember nothing of it.
 *
 * <p>Random numbers follow from the key of the pass, from the path of the module that draws and the
 * number of its draw, and from the time step, the sequence and the place in its row. They depend
 * neither on the length of the batch, nor on how it is cut in parts, nor on precision, threads and
 * kernels.
 */
public final class ForwardPass {
  private final Node key;
  private final StateSource source;
  private final StateSource segments;
  private final Node begins;
  private final Draws draws;
  private final Map<String, Integer> calls = new HashMap<>();
  private final Map<String, Integer> withinCalls = new HashMap<>();
  private final Map<StateName, Node> finalStates = new LinkedHashMap<>();
  private final List<StepBody> stepBodies = new ArrayList<>();

  private ForwardPass(Node key, StateSource source, StateSource segments, Node begins) {
    this.key = key;
    this.source = source;
    this.segments = segments;
    this.begins = begins;
    this.draws = new Draws(key);
  }

  /** Returns a forward pass for inference: nothing is drawn. */
  public static ForwardPass inference() {
    return new ForwardPass(null, null, null, null);
  }

  /**
   * Returns a forward pass for training.
   *
   * @param key what all random numbers follow from, as {@link RandomKey} writes it
   */
  public static ForwardPass training(Node key) {
    checkNotNull(key, "training takes a key for its random numbers");
    return new ForwardPass(RandomKey.checked(key), null, null, null);
  }

  /**
   * Returns such a forward pass in which sequences go on from an earlier run: layers begin with the
   * states of a source.
   */
  public ForwardPass carrying(StateSource states) {
    checkNotNull(states, "the source of the states is null");
    return new ForwardPass(key, states, segments, begins);
  }

  /**
   * Returns such a forward pass over one segment of its sequences, which goes on from the segment
   * before: whatever lasts as long as a sequence begins with the states of a source, which is given
   * what the sequence itself begins with.
   */
  public ForwardPass inSegments(StateSource states) {
    checkNotNull(states, "the source of the states of segments is null");
    return new ForwardPass(key, source, states, begins);
  }

  /**
   * Returns such a forward pass in which rows hold several sequences, one after the other: before a
   * step with a mark, states are those that a layer begins with. What is drawn once for a sequence
   * is drawn once for a row.
   *
   * @param marks {@code [T, N]}: 1 at steps with which a sequence begins, else 0
   * @throws ShapeException where they are not
   */
  public ForwardPass beginningAt(Node marks) {
    if (marks.shape().rank() != 2) {
      throw new ShapeException("marks of steps are [T, N], and " + marks + " was given");
    }
    return new ForwardPass(key, source, segments, marks);
  }

  /** Returns whether this is training, not inference. */
  public boolean isTraining() {
    return key != null;
  }

  /** Returns whether sequences go on from an earlier run. */
  public boolean isCarried() {
    return source != null;
  }

  /** Returns whether this is one segment of sequences that are run in several. */
  public boolean isSegment() {
    return segments != null;
  }

  /** Returns the marks {@code [T, N]} of steps with which sequences begin, where there are any. */
  public Optional<Node> begins() {
    return Optional.ofNullable(begins);
  }

  // ---------------------------------------------------------------- random numbers

  /**
   * Returns random numbers {@code [N, ...]}, uniform in [0, 1). Within a step of a sequence they
   * are drawn anew at each step; elsewhere one draw is for all steps.
   *
   * @throws IllegalStateException in inference
   */
  public Node uniform(int... sizes) {
    return draws.now(true, sizes);
  }

  /**
   * Returns random numbers {@code [T, N, ...]}, uniform in [0, 1), for all steps of a sequence.
   *
   * @throws IllegalStateException in inference, and within a step
   */
  public Node uniformOverTime(int... sizes) {
    return draws.overTime(sizes);
  }

  /**
   * Returns random numbers that all sequences share, uniform in [0, 1): for weights.
   *
   * @throws IllegalStateException in inference
   */
  public Node uniformShared(int... sizes) {
    return draws.now(false, sizes);
  }

  /**
   * Returns dropout (Srivastava et al., "Dropout: a simple way to prevent neural networks from
   * overfitting", 2014) of values of one shape: each is 0 with the probability of the rate, else
   * divided by 1 − rate. Whatever it is applied to loses the same elements. In inference it changes
   * nothing.
   *
   * @param rate from 0 up to, not including, 1
   * @param sizes {@code [N, ...]}; drawn when {@link #uniform} would be
   */
  public UnaryOperator<Node> dropout(double rate, int... sizes) {
    return dropout(rate, () -> uniform(sizes));
  }

  /**
   * Returns dropout of values {@code [T, N, ...]}, drawn anew for each step.
   *
   * @see #dropout(double, int...)
   */
  public UnaryOperator<Node> dropoutOverTime(double rate, int... sizes) {
    return dropout(rate, () -> uniformOverTime(sizes));
  }

  /**
   * Returns dropout that all sequences share: of weights (Merity, Keskar and Socher, "Regularizing
   * and optimizing LSTM language models", 2018).
   *
   * @see #dropout(double, int...)
   */
  public UnaryOperator<Node> dropoutShared(double rate, int... sizes) {
    return dropout(rate, () -> uniformShared(sizes));
  }

  private UnaryOperator<Node> dropout(double rate, Supplier<Node> uniform) {
    if (drawn(rate) == 0 || !isTraining()) {
      return UnaryOperator.identity();
    }
    Node keep = uniform.get().greaterOrEqualTo(Node.constant(drawn(rate))).times(1 / (1 - rate));
    return values -> values.times(keep);
  }

  /** Returns the rate as a multiple of 2⁻²⁴, as what is drawn: the same in float32. */
  private static double drawn(double rate) {
    return Math.rint(checkedRate(rate) * 0x1p24) * 0x1p-24;
  }

  /**
   * Returns 1 with the probability of a rate, else 0; drawn when {@link #uniform} would be.
   *
   * @param rate from 0 up to, not including, 1
   * @param sizes {@code [N, ...]}
   * @throws IllegalStateException in inference
   */
  public Node chance(double rate, int... sizes) {
    return uniform(sizes).lessThan(Node.constant(drawn(rate)));
  }

  /**
   * Returns a rate of dropout.
   *
   * @throws IllegalArgumentException where it is not from 0 up to 1
   */
  public static double checkedRate(double rate) {
    checkArgument(
        rate >= 0 && rate < 1, "a dropout rate is from 0 up to, not including, 1, not %s", rate);
    return rate;
  }

  /** The steps of a sequence that are being built, for code that unrolls. */
  public final class Steps implements AutoCloseable {
    private Steps(int count) {
      draws.begin(count);
    }

    /** Begins step t: what is drawn from now on is drawn for it. */
    public void at(int t) {
      draws.at(t);
    }

    @Override
    public void close() {
      draws.end();
    }
  }

  /** Begins to build the steps of a sequence. */
  public Steps steps(int count) {
    return new Steps(count);
  }

  // ---------------------------------------------------------------- states

  /**
   * Returns the state of this call of the layer that is being built.
   *
   * @param initial what the layer begins with where a sequence is new
   */
  public <S> CarriedState<S> state(S initial) {
    List<StateName> names = names(Scope.path(), calls, initial);
    return begun(names, begins(names, begins(names, initial, source), segments));
  }

  /**
   * Returns a state that lasts as long as a sequence: where sequences go on from an earlier run, it
   * begins anew all the same, and only goes on from segment to segment.
   *
   * @param initial what it begins with
   * @see #inSegments
   */
  public <S> CarriedState<S> withinSequence(S initial) {
    if (segments == null) {
      return new CarriedState<>(initial, last -> {});
    }
    List<StateName> names = names(Scope.path() + "/within", withinCalls, initial);
    return begun(names, begins(names, initial, segments));
  }

  private static List<StateName> names(String path, Map<String, Integer> calls, Object state) {
    int call = calls.merge(path, 1, Integer::sum) - 1;
    return Records.nodeNames(state).stream().map(name -> new StateName(path, call, name)).toList();
  }

  private static <S> S begins(List<StateName> names, S initial, StateSource source) {
    return source == null ? initial : Records.withNodes(initial, carried(names, initial, source));
  }

  private <S> CarriedState<S> begun(List<StateName> names, S begun) {
    return new CarriedState<>(
        begun,
        last -> {
          List<Node> nodes = Records.nodes(last);
          for (int i = 0; i < names.size(); i++) {
            finalStates.put(names.get(i), nodes.get(i));
          }
        });
  }

  private static List<Node> carried(List<StateName> names, Object initial, StateSource source) {
    List<Node> own = Records.nodes(initial);
    List<Node> carried = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      Node node = source.initial(names.get(i), own.get(i));
      if (!node.shape().equals(own.get(i).shape())) {
        throw new ShapeException(
            "the state "
                + names.get(i)
                + " is "
                + own.get(i).shape()
                + ", and was carried over as "
                + node.shape());
      }
      carried.add(node);
    }
    return carried;
  }

  /** Returns the states after the last step of each call of each layer, in order. */
  public Map<StateName, Node> finalStates() {
    return Collections.unmodifiableMap(finalStates);
  }

  /**
   * Refuses to be carried: for a layer that reads a sequence backwards or needs all of it.
   *
   * @param layer the layer with its article: {@code a backward layer}
   * @throws IllegalStateException where sequences go on from an earlier run, come in segments, or
   *     begin within a row
   */
  public void requireForward(String layer) {
    String it = Scope.path().isEmpty() ? "it" : Scope.path();
    if (isCarried()) {
      throw new IllegalStateException(
          layer
              + " needs whole sequences, and here they come in parts, with states carried over: run "
              + it
              + " without carried states");
    }
    if (isSegment()) {
      throw new IllegalStateException(
          layer
              + " needs whole sequences, and a memory budget lets them come in segments: run "
              + it
              + " with a budget for whole sequences, or shorter ones");
    }
    requireOneEach(layer);
  }

  /**
   * Refuses rows of several sequences: for what reads a row as one sequence.
   *
   * @param what it with its article: {@code a backward layer}
   * @throws IllegalStateException where sequences begin within a row
   */
  public void requireOneEach(String what) {
    checkState(
        begins == null,
        "%s needs one sequence in each row, and the batch marks steps with which others begin: give"
            + " each sequence a row of its own",
        what);
  }

  // ---------------------------------------------------------------- steps of cells

  /** Leaves one step of an unrolled cell, for those who read the model step by step. */
  public void unrolled(StepBody body) {
    stepBodies.add(body);
  }

  /** Returns a step of each cell that was unrolled so far, in order. */
  public List<StepBody> stepBodies() {
    return Collections.unmodifiableList(stepBodies);
  }
}
