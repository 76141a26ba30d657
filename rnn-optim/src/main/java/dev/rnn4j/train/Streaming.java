package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.io.Batch;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.StateName;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.BatchInputs;
import dev.rnn4j.train.internal.memory.Budget;
import dev.rnn4j.train.internal.memory.Sessions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model that is asked step by step: each stream is one sequence, which goes on with every call.
 *
 * <pre>{@code
 * Streaming streaming = Streaming.of(model, weights, Shape.of(3));
 * Stream stream = streaming.open();
 * stream.next(x, y); // x and y are float[]
 * }</pre>
 *
 * <p>A step has the bits that it has in a whole sequence, allocates nothing, and reads weights that
 * are packed once for all streams. A stream itself holds only its states; arrays to compute with
 * are there for each call under way.
 *
 * <p>Thread-safe: any number of threads may open streams and ask them, each stream by one thread at
 * a time. Layers that read backwards, or need all of a sequence, are refused.
 */
public final class Streaming {
  private final Input x;
  private final Node y;
  private final List<Input> before = new ArrayList<>();
  private final List<Node> after = new ArrayList<>();
  private final List<Node> initial = new ArrayList<>();
  private final PlanBudget budget;
  private final Sessions sessions;
  private final Session beginning;

  Streaming(Predictor predictor, Shape features) {
    budget = predictor.budget();
    Map<StateName, Node> own = new LinkedHashMap<>();
    Map<StateName, Input> carried = new LinkedHashMap<>();
    ForwardPass pass =
        ForwardPass.inference()
            .carrying(
                (name, begin) -> {
                  own.put(name, begin);
                  return carried.computeIfAbsent(
                      name, absent -> Input.of(name.toString(), begin.shape()));
                });
    Batch step = Batch.of(Tensor.zeros(features.insert(0, 1).insert(0, 1)));
    BatchInputs inputs = new BatchInputs(step.signature(), pass);
    x = inputs.inputs().get(0);
    y = predictor.output(new Feed(inputs));
    Map<StateName, Node> last = pass.finalStates();
    List<Node> all = new ArrayList<>(last.values());
    all.add(y);
    predictor.check(all);
    Set<StateName> read = read(y, carried, last);
    carried.forEach(
        (name, input) -> {
          if (read.contains(name)) {
            before.add(input);
            after.add(last.get(name));
            initial.add(own.get(name));
          }
        });
    List<Node> outputs = new ArrayList<>(after);
    outputs.add(y);
    checkArgument(
        new Order(outputs).of(x) >= 0,
        "the output of the model does not depend on its input: nothing to stream");
    Plan plan = plan(outputs, predictor.weights());
    sessions = new Sessions(plan, budget.counted());
    beginning = plan(initial, predictor.weights()).session();
    Budget.Charge charge = budget.counted().charge(this);
    charge.add(plan.bytes() + beginning.plan().bytes() + beginning.bytes());
    sessions.charge(charge);
  }

  /** Returns the states that an output depends on, by itself or through those that it reads. */
  private static Set<StateName> read(
      Node y, Map<StateName, Input> carried, Map<StateName, Node> last) {
    Set<StateName> read = new LinkedHashSet<>();
    boolean more;
    do {
      List<Node> roots = new ArrayList<>(List.of(y));
      read.forEach(name -> roots.add(last.get(name)));
      Order order = new Order(roots);
      more = false;
      for (Map.Entry<StateName, Input> each : carried.entrySet()) {
        more |= order.of(each.getValue()) >= 0 && read.add(each.getKey());
      }
    } while (more);
    return read;
  }

  private static Plan plan(List<Node> outputs, Weights weights) {
    return Plan.of(outputs).weights(weights).threads(1).compile(weights.precision());
  }

  /**
   * Returns streams of a model of one input; those of a {@link Predictor} have its budget and may
   * use what is frozen there.
   *
   * @param features the shape of one step of one sequence: {@code Shape.of(I)}, or {@code
   *     Shape.scalar()} for an index
   * @throws IllegalStateException where the model cannot be read step by step
   * @throws IllegalArgumentException where it uses a parameter that it does not list, or the
   *     weights are those of another instance of it
   */
  public static Streaming of(Layer model, Weights weights, Shape features) {
    return Predictor.of(model, weights).streaming(features);
  }

  /** Returns what plan and arrays may take, and take; a stream's own states are not counted. */
  public PlanBudget budget() {
    return budget;
  }

  /** Returns a new stream: a sequence that begins. */
  public Stream open() {
    return new Stream(this);
  }

  /** Returns the states that a sequence begins with, one after the other. */
  synchronized double[][] begin() {
    beginning.compute();
    return initial.stream().map(node -> beginning.get(node).toDoubles()).toArray(double[][]::new);
  }

  /** Computes a step, and moves the states; where it fails, they stay. */
  void step(double[][] states, float[] in, float[] out) {
    Session session = sessions.take();
    try {
      session.set(x, in);
      set(session, states);
      session.compute().get(y, out);
      get(session, states);
    } finally {
      sessions.give(session);
    }
  }

  /** Computes a step, and moves the states; where it fails, they stay. */
  void step(double[][] states, double[] in, double[] out) {
    Session session = sessions.take();
    try {
      session.set(x, in);
      set(session, states);
      session.compute().get(y, out);
      get(session, states);
    } finally {
      sessions.give(session);
    }
  }

  private void set(Session session, double[][] states) {
    for (int i = 0; i < states.length; i++) {
      session.set(before.get(i), states[i]);
    }
  }

  private void get(Session session, double[][] states) {
    for (int i = 0; i < states.length; i++) {
      session.get(after.get(i), states[i]);
    }
  }
}
