package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sequences of tensors whose number is known, as unbinding and splitting give them. */
final class Sequences {
  private Sequences() {}

  static void addTo(Map<String, Operator> all) {
    all.put("SplitToSequence", Sequences::split);
    all.put("SequenceConstruct", call -> Result.sequence(call.allow().nodes(), call.kind(0)));
    all.put("SequenceEmpty", Sequences::empty);
    all.put("SequenceInsert", Sequences::insert);
    all.put("SequenceAt", Sequences::at);
    all.put("SequenceLength", Sequences::length);
    all.put("ConcatFromSequence", Sequences::concat);
  }

  private static List<Node> items(Call call) {
    List<Node> items = call.operand(0).items();
    if (items == null) {
      throw new IllegalArgumentException("one tensor is given where a sequence has to be");
    }
    return items;
  }

  /** Splits into slices of the given sizes, all of one, or of size 1, whose axis may go. */
  private static List<Result> split(Call call) {
    call.allow("axis", "keepdims");
    Node x = call.node(0);
    int axis = call.axis(0, x.shape().rank());
    int size = x.size(axis);
    boolean keeps = call.has(1) || call.attributes().flag("keepdims", true);
    boolean equal = !call.has(1) || call.shape(1).rank() == 0;
    long part = call.has(1) && equal ? call.integers(1)[0] : 1;
    if (part < 1) {
      throw new IllegalArgumentException("it splits into parts of " + part);
    }
    List<Node> items = new ArrayList<>();
    int from = 0;
    while (from < size) {
      long next = equal ? part : call.integers(1)[items.size()];
      int to = (int) Math.min(size, from + next);
      Node item = x.slice(axis, from, to);
      items.add(keeps ? item : item.reshape(item.shape().without(axis)));
      from = to;
    }
    return Result.sequence(items, call.kind(0));
  }

  private static List<Result> empty(Call call) {
    call.allow("dtype");
    return Result.sequence(List.of(), Kind.of(call.attributes().integer("dtype", 1)));
  }

  private static List<Result> insert(Call call) {
    List<Node> items = new ArrayList<>(items(call.allow()));
    long place = call.has(2) ? call.integers(2)[0] : items.size();
    items.add((int) (place < 0 ? place + items.size() : place), call.node(1));
    return Result.sequence(items, call.kind(1));
  }

  private static List<Result> at(Call call) {
    List<Node> items = items(call.allow());
    long place = call.integers(1)[0];
    int at = (int) (place < 0 ? place + items.size() : place);
    if (at < 0 || at >= items.size()) {
      throw new IllegalArgumentException(
          "there is no tensor " + place + " in a sequence of " + items.size());
    }
    return Result.of(items.get(at), call.kind(0));
  }

  private static List<Result> length(Call call) {
    return Result.known(Tensor.scalar(items(call.allow()).size()), Kind.INTEGER);
  }

  private static List<Result> concat(Call call) {
    call.allow("axis", "new_axis");
    List<Node> items = items(call);
    boolean stacks = call.attributes().flag("new_axis", false);
    int axis = call.axis(0, items.get(0).shape().rank() + (stacks ? 1 : 0));
    List<Node> parts = new ArrayList<>();
    for (Node item : items) {
      parts.add(stacks ? item.reshape(item.shape().insert(axis, 1)) : item);
    }
    return Result.of(Node.concat(axis, parts), call.kind(0));
  }
}
