package dev.rnn4j.onnx.internal.operator;

import com.google.common.collect.ImmutableSet;
import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Branches and loops. Their conditions have to be known while nodes are written, as those are that
 * compare sizes: then one branch is written, and a loop is unrolled.
 */
final class Flows {
  /** A loop that has not ended by then will not. */
  private static final int MOST = 100_000;

  private Flows() {}

  static void addTo(Map<String, Operator> all) {
    all.put("If", Flows::branch);
    all.put("Loop", Flows::loop);
    all.put("Scan", Flows::scan);
  }

  private static List<Result> branch(Call call) {
    call.allow("then_branch", "else_branch");
    String branch = call.number(0) != 0 ? "then_branch" : "else_branch";
    return call.within(branch, List.of()).stream().map(Result::of).toList();
  }

  /** The body takes number, condition and values; it gives condition, values and what is kept. */
  private static List<Result> loop(Call call) {
    call.allow("body");
    long most = call.has(0) ? call.integers(0)[0] : Long.MAX_VALUE;
    boolean goesOn = !call.has(1) || call.number(1) != 0;
    int count = call.count() - 2;
    List<Value> state = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      state.add(call.operand(i + 2));
    }
    List<List<Value>> kept = new ArrayList<>();
    for (int i = 0; i < most && goesOn; i++) {
      if (i == MOST) {
        throw new IllegalArgumentException("it has not ended after " + MOST + " rounds");
      }
      List<Value> given = new ArrayList<>();
      given.add(Value.known(Tensor.scalar(i), Kind.INTEGER));
      given.add(Value.known(Tensor.scalar(1), Kind.BOOLEAN));
      given.addAll(state);
      List<Value> results = call.within("body", given);
      goesOn = Call.known(results.get(0)).item() != 0;
      state = results.subList(1, count + 1);
      kept.add(results.subList(count + 1, results.size()));
    }
    return results(call, state, kept);
  }

  /** The body takes state and a slice of each sequence; it gives state and what is kept. */
  private static List<Result> scan(Call call) {
    call.allow("body", "num_scan_inputs");
    int sequences = call.attributes().integer("num_scan_inputs", 0);
    int count = call.count() - sequences;
    if (sequences < 1 || count < 0) {
      throw new IllegalArgumentException("it goes along " + sequences + " sequences");
    }
    List<Value> state = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      state.add(call.operand(i));
    }
    List<List<Value>> kept = new ArrayList<>();
    for (int t = 0; t < call.node(count).size(0); t++) {
      List<Value> given = new ArrayList<>(state);
      for (int i = count; i < call.count(); i++) {
        Value whole = call.operand(i);
        Node slice = whole.node().slice(0, t, t + 1);
        Node item = slice.reshape(slice.shape().without(0));
        given.add(new Value(item, whole.kind(), null, whole.inputs()));
      }
      List<Value> results = call.within("body", given);
      state = results.subList(0, count);
      kept.add(results.subList(count, results.size()));
    }
    return results(call, state, kept);
  }

  private static List<Result> results(Call call, List<Value> state, List<List<Value>> kept) {
    List<Result> results = new ArrayList<>();
    state.forEach(value -> results.add(Result.of(value)));
    int stacked = call.outputs() - results.size();
    if (stacked > 0 && kept.isEmpty()) {
      throw new IllegalArgumentException("it goes round 0 times, and nothing is there to stack");
    }
    for (int i = 0; i < stacked; i++) {
      int place = i;
      results.add(stacked(kept.stream().map(each -> each.get(place)).toList()));
    }
    return results;
  }

  private static Result stacked(List<Value> values) {
    List<Node> nodes = values.stream().map(Value::node).toList();
    Value last = values.get(values.size() - 1);
    ImmutableSet.Builder<String> inputs = ImmutableSet.builder();
    values.forEach(value -> inputs.addAll(value.inputs()));
    boolean known = values.stream().allMatch(value -> value.known() != null);
    Node stack = Node.stack(nodes);
    Node node = known ? Node.constant(stack.eval()) : stack;
    return new Result(node, last.kind(), null, inputs.build());
  }
}
