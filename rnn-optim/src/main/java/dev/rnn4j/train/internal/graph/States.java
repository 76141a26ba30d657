package dev.rnn4j.train.internal.graph;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Batch;
import dev.rnn4j.pass.StateName;
import dev.rnn4j.pass.StateSource;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.memory.Budget;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The states that are carried from batch to batch: they lie beside the weights, by name, and move
 * at the end of each run. All batches have the same sequences, until states are reset.
 */
public final class States {
  /** The states of a graph for so many sequences: stored ones, but for sequences that begin. */
  public final class Source implements StateSource {
    private final int sequences;
    private final Input begins;
    private final Map<StateName, Parameter> stored;

    private Source(int sequences) {
      this.sequences = sequences;
      this.begins = Input.of("begins", sequences);
      this.stored = all.computeIfAbsent(sequences, absent -> new LinkedHashMap<>());
    }

    @Override
    public Node initial(StateName name, Node own) {
      Shape shape = own.shape();
      checkArgument(
          shape.rank() > 0 && shape.size(0) == sequences,
          "the state %s is %s: to be carried from batch to batch, its first axis has to be N, %s",
          name,
          shape,
          sequences);
      int[] wide = new int[shape.rank()];
      Arrays.fill(wide, 1);
      wide[0] = sequences;
      Parameter kept =
          stored.computeIfAbsent(
              name,
              absent -> {
                charge.add((long) weights.precision().bytes() * shape.elements());
                return Parameter.of("state/" + name, Tensor.zeros(shape));
              });
      return begins.reshape(wide).select(own, kept);
    }

    /** Returns the marks of sequences that begin: an input of the graph. */
    public Input begins() {
      return begins;
    }

    /** Returns where states are stored. */
    public Map<StateName, Parameter> stored() {
      return stored;
    }

    /** Lets a plan leave the final states where the next run finds them. */
    public void addTo(Plan.Builder plan, Map<StateName, Node> last) {
      stored.forEach(
          (name, kept) -> {
            checkArgument(last.containsKey(name), "no final state was left for %s", name);
            plan.update(kept, last.get(name));
          });
    }
  }

  private final Weights weights;
  private final Map<Integer, Map<StateName, Parameter>> all = new HashMap<>();

  /** The number of sequences that are under way; 0 for none. */
  private int current;

  private int steps;
  private int next;

  /** States that were set before a graph was there. */
  private Map<String, Tensor> given;

  /** Copies for going back, by number of sequences, and where {@link #keep} found these states. */
  private final Map<Integer, Copies> copies = new HashMap<>();

  private Budget.Charge charge;

  private int keptSequences;
  private int keptSteps;
  private Map<String, Tensor> keptGiven;

  public States(Weights weights) {
    this.weights = weights;
  }

  /**
   * Returns whether a batch marks sequences of its first step as such that do not begin there: they
   * go on where the batch before it has ended.
   */
  public static boolean goOn(Batch batch) {
    return batch.parts().stream()
        .filter(part -> part.role() == Batch.Role.BEGINS)
        .anyMatch(
            marks ->
                IntStream.range(0, batch.sequences()).anyMatch(n -> marks.tensor().at(n) == 0));
  }

  /** Says where states are counted. */
  public void charge(Budget.Charge newCharge) {
    charge = newCharge;
  }

  /** Keeps the states of the moment; allocates nothing once the plan for it is there. */
  public void keep() {
    keptSequences = current;
    keptSteps = steps;
    keptGiven = given;
    if (current != 0 && given == null) {
      Copies copy = copies.get(current);
      if (copy == null) {
        copy = new Copies(weights, all.get(current).values());
        charge.add(copy.bytes());
        copies.put(current, copy);
      }
      copy.keep();
    }
  }

  /** Goes back to what was kept. */
  public void goBack() {
    current = keptSequences;
    steps = keptSteps;
    given = keptGiven;
    if (current != 0 && given == null) {
      copies.get(current).goBack();
    }
  }

  /** Returns the source for a graph of the sequences that come next. */
  public Source source() {
    return new Source(next);
  }

  /** Says how many sequences come next, before a graph is built for them. */
  public void expect(int sequences) {
    next = sequences;
  }

  /** Returns whether a parameter is a state. */
  boolean holds(Parameter parameter) {
    return all.values().stream().anyMatch(stored -> stored.containsValue(parameter));
  }

  /** Refuses other sequences than those under way, and takes the states that were given. */
  public void begin(int sequences) {
    if (current != 0 && current != sequences) {
      throw new IllegalArgumentException(
          "states are carried for "
              + current
              + " sequences, and this batch has "
              + sequences
              + ": resetStates() before other sequences begin");
    }
    if (given != null) {
      write(given);
      given = null;
    }
  }

  /** Returns whether all sequences begin anew. */
  public boolean isNew() {
    return current == 0;
  }

  /** Returns the time step that the next batch begins with. */
  public int steps() {
    return steps;
  }

  /** Goes on by a batch. */
  public void move(int sequences, int more) {
    current = sequences;
    steps += more;
  }

  public void reset() {
    current = 0;
    steps = 0;
    given = null;
  }

  /** Returns the states by name; none where all sequences begin anew. */
  public Map<String, Tensor> read() {
    Map<String, Tensor> states = new LinkedHashMap<>();
    if (given != null) {
      states.putAll(given);
    } else if (current != 0) {
      all.get(current).forEach((name, kept) -> states.put(name.toString(), weights.get(kept)));
    }
    return states;
  }

  /** Goes on from other states, at a time step; from none, sequences begin anew. */
  public void set(Map<String, Tensor> states, int newSteps) {
    int sequences = 0;
    for (Map.Entry<String, Tensor> state : states.entrySet()) {
      Shape shape = state.getValue().shape();
      int own = shape.rank() == 0 ? 0 : shape.size(0);
      checkArgument(
          own > 0 && (sequences == 0 || own == sequences),
          "the states are of different numbers of sequences: %s is %s",
          state.getKey(),
          shape);
      sequences = own;
    }
    if (all.containsKey(sequences)) {
      check(all.get(sequences), states);
    }
    current = sequences;
    steps = newSteps;
    given = states.isEmpty() ? null : new LinkedHashMap<>(states);
  }

  private void write(Map<String, Tensor> states) {
    Map<StateName, Parameter> stored = all.get(current);
    checkState(stored != null, "states are set when their graph is there");
    check(stored, states);
    stored.forEach((name, kept) -> weights.set(kept, states.get(name.toString())));
  }

  private static void check(Map<StateName, Parameter> stored, Map<String, Tensor> states) {
    stored.forEach(
        (name, kept) -> {
          Tensor state = states.get(name.toString());
          checkArgument(state != null, "there is no state %s, only %s", name, states.keySet());
          checkArgument(
              state.shape().equals(kept.shape()),
              "the state %s was given in the shape %s, and is %s",
              name,
              state.shape(),
              kept.shape());
        });
    checkArgument(
        states.size() == stored.size(),
        "there are states for %s, and the model has only %s",
        states.keySet(),
        stored.keySet());
  }
}
