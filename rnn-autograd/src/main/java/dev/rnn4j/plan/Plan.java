package dev.rnn4j.plan;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.kernel.Kernels;
import dev.rnn4j.kernel.Switch;
import dev.rnn4j.plan.internal.Compiler;
import dev.rnn4j.plan.internal.program.Explain;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.plan.internal.program.Program;
import dev.rnn4j.plan.internal.run.DoubleExecutable;
import dev.rnn4j.plan.internal.run.DoublePool;
import dev.rnn4j.plan.internal.run.DoubleStore;
import dev.rnn4j.plan.internal.run.Executable;
import dev.rnn4j.plan.internal.run.FloatExecutable;
import dev.rnn4j.plan.internal.run.FloatPool;
import dev.rnn4j.plan.internal.run.FloatStore;
import dev.rnn4j.plan.internal.run.Pool;
import dev.rnn4j.runtime.RecordCaches;
import dev.rnn4j.tensor.Precision;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph compiled for one precision. The plan itself is immutable and shared; {@link #session}
 * gives the arrays to run it with.
 *
 * <pre>{@code
 * Plan plan = Plan.of(prediction).compile(Precision.FLOAT32);
 * Session session = plan.session();
 * Tensor y = session.set(x, batch).run().get(prediction);
 * }</pre>
 */
public final class Plan {
  private static final System.Logger LOG = System.getLogger("rnn");

  private static final String OUTPUTS = "a plan was given null as its outputs";

  private final Precision precision;
  private final Weights weights;
  private final Program program;
  private final int threads;

  private Plan(Precision precision, Weights weights, Program program, int threads) {
    this.precision = precision;
    this.weights = weights;
    this.program = program;
    this.threads = threads;
  }

  /** Begins a plan that computes these nodes. */
  public static Builder of(Node... outputs) {
    checkNotNull(outputs, OUTPUTS);
    return new Builder(Arrays.asList(outputs));
  }

  /** Begins a plan that computes these nodes. */
  public static Builder of(List<? extends Node> outputs) {
    return new Builder(outputs);
  }

  /** Returns the format of everything this plan computes. */
  public Precision precision() {
    return precision;
  }

  /** Returns the values of the parameters. */
  public Weights weights() {
    return weights;
  }

  /** Returns new arrays to run this plan with; one session for each thread that calls it. */
  public Session session() {
    return session(Pool.of(precision), false);
  }

  /**
   * Returns a session that runs with shared arrays, in turns with others: a run finds only the
   * weights as they were left, so that each sets all its inputs, and outputs last until another one
   * is set or runs.
   *
   * @throws IllegalArgumentException where the arrays are in another precision
   */
  public Session session(SharedArrays arrays) {
    checkNotNull(arrays, "a session was given null as its shared arrays");
    checkArgument(
        arrays.precision() == precision,
        "the arrays are in %s, and the plan is in %s",
        arrays.precision(),
        precision);
    return session(arrays.pool(), true);
  }

  private Session session(Pool arrays, boolean shares) {
    boolean findNaN = Switch.CHECKS.lists("nan");
    Executable executable =
        precision == Precision.FLOAT32
            ? new FloatExecutable(
                program,
                (FloatStore) weights.store(),
                Kernels.float32(),
                findNaN,
                threads,
                (FloatPool) arrays)
            : new DoubleExecutable(
                program,
                (DoubleStore) weights.store(),
                Kernels.float64(),
                findNaN,
                threads,
                (DoublePool) arrays);
    return new Session(this, executable, arrays.turn(), shares);
  }

  /** Returns the numbered instructions, their shapes and arrays, and the memory they take. */
  public String explain() {
    return Explain.of(program, precision);
  }

  /** Returns the precision and the number of instructions. */
  @Override
  public String toString() {
    return "plan in "
        + precision
        + " of "
        + program.instructions().size()
        + " instructions; explain() prints them";
  }

  /**
   * Returns about how many bytes the plan takes, with the graph that it was compiled from, and
   * without the arrays of its sessions.
   */
  public long bytes() {
    return program.bytes();
  }

  /** Returns whether an input can be set: something depends on it, or it is named. */
  public boolean has(Input input) {
    return program
        .places()
        .containsKey(checkNotNull(input, "a plan was asked for null as an input"));
  }

  /** Returns whether something is computed before the updates. */
  boolean hasOutputs() {
    return program.split() > 0;
  }

  Place placeOf(Node node) {
    Place place = program.places().get(node);
    checkArgument(
        place != null,
        "%s is no input or output of this plan: name it in Plan.of(...) to read it",
        node);
    return place;
  }

  Place placeOfInput(Input input) {
    Place place = program.places().get(input);
    checkArgument(place != null, "%s is no input of this plan: nothing in it depends on it", input);
    return place;
  }

  /** What a plan is to do; {@link #compile} makes it. */
  public static final class Builder {
    private final List<Node> outputs;
    private final Set<Input> inputs = new LinkedHashSet<>();
    private final Map<Node, Node> assignments = new LinkedHashMap<>();
    private final Set<Pass> passes = EnumSet.allOf(Pass.class);
    private Weights weights;
    private int threads = Threads.byDefault();

    private Builder(List<? extends Node> outputs) {
      checkNotNull(outputs, OUTPUTS);
      for (int i = 0; i < outputs.size(); i++) {
        checkArgument(outputs.get(i) != null, "output %s of the plan is null", i);
      }
      this.outputs = List.copyOf(outputs);
    }

    /** Uses the values of these weights, and changes them where the plan has updates. */
    public Builder weights(Weights shared) {
      weights = checkNotNull(shared, "a plan was given null as its weights");
      return this;
    }

    /**
     * Lets so many threads take part in a run; all processors unless set here or by the system
     * property {@code rnn.threads}. What is computed does not depend on it, to the last bit. Small
     * work stays on one thread, and so does a run that begins while another one has the others.
     *
     * @throws IllegalArgumentException where the number is not from 1 to 256
     */
    public Builder threads(int count) {
      threads = Threads.checked(count);
      return this;
    }

    /**
     * Names inputs that can be set even where nothing depends on them: a delayed output says
     * nothing of a sequence that is shorter than the delay. Others need not be named.
     */
    public Builder inputs(Input... named) {
      checkNotNull(named, "a plan was given null as its inputs");
      for (Input input : named) {
        inputs.add(checkNotNull(input, "a plan was given null as an input"));
      }
      return this;
    }

    /** Gives a parameter a new value at the end of each run, computed from all the old ones. */
    public Builder update(Parameter parameter, Node value) {
      return assign(parameter, value);
    }

    /**
     * Gives an input the value of a node at the end of each run, to begin the next one with: the
     * final state to the initial one. No gradient flows from run to run.
     */
    public Builder carry(Node value, Input next) {
      return assign(next, value);
    }

    private Builder assign(Node leaf, Node value) {
      checkNotNull(leaf, "a plan was given null as what takes a new value");
      checkNotNull(value, "a plan was given null as the new value of %s", leaf);
      checkArgument(
          leaf.shape().equals(value.shape()), "%s cannot take the value of %s", leaf, value);
      checkArgument(assignments.put(leaf, value) == null, "%s is given two new values", leaf);
      return this;
    }

    /** Leaves out passes of the compiler, to see what they do. */
    public Builder without(Pass... left) {
      passes.removeAll(List.of(left));
      return this;
    }

    /**
     * Compiles the plan.
     *
     * @throws IllegalStateException for weights in another precision
     */
    public Plan compile(Precision precision) {
      Weights used = weights == null ? Weights.of(precision) : weights;
      checkState(
          used.precision() == precision,
          "the weights are in %s, and the plan is to be in %s",
          used.precision(),
          precision);
      if (Switch.CHECKS.lists("nan")) {
        // so that every value can be looked at, as soon as it is there
        passes.removeAll(Set.of(Pass.GROUP, Pass.PAIR, Pass.FUSE));
      }
      Program program = Compiler.program(outputs, inputs, assignments, passes);
      Plan plan = new Plan(precision, used, program, threads);
      RecordCaches.compiled();
      if (Switch.DEBUG.is("1")) {
        LOG.log(System.Logger.Level.INFO, plan::explain);
      }
      return plan;
    }
  }
}
