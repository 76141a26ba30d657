package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Normalisations, with the scale and shift that follow them. */
final class Normalisations {
  private static final int BY_CHANNEL = 21;

  private Normalisations() {}

  static void addTo(Map<String, Operator> all) {
    all.put("InstanceNormalization", Normalisations::instances);
    all.put("GroupNormalization", Normalisations::groups);
    all.put("LayerNormalization", Normalisations::layerNormalization);
    all.put("RMSNormalization", Normalisations::rmsNormalization);
    all.put("BatchNormalization", Normalisations::batchNormalization);
    all.put("LpNormalization", Normalisations::lengths);
    all.put("MeanVarianceNormalization", Normalisations::meanVariance);
  }

  private static List<Result> instances(Call call) {
    call.allow("epsilon");
    Node y = normalized(call, call.shape(0).size(1));
    return call.result(scaled(y, call.node(1), call.node(2)));
  }

  private static List<Result> groups(Call call) {
    call.allow("epsilon", "num_groups", "stash_type");
    int groups = call.attributes().integer("num_groups", 1);
    int channels = call.shape(0).size(1);
    Node y = normalized(call, groups);
    boolean byGroup = call.version() < BY_CHANNEL && call.shape(1).elements() == groups;
    Node scale = byGroup ? spread(call.node(1), groups, channels) : call.node(1);
    Node shift = byGroup ? spread(call.node(2), groups, channels) : call.node(2);
    return call.result(scaled(y, scale, shift));
  }

  /** Before version 21, all channels of a group had one scale. */
  private static Node spread(Node values, int groups, int channels) {
    return values
        .reshape(groups, 1)
        .broadcastTo(Shape.of(groups, channels / groups))
        .reshape(channels);
  }

  private static Node normalized(Call call, int groups) {
    Node x = call.node(0);
    int columns = x.shape().elements() / Math.max(1, x.shape().size(0) * groups);
    double epsilon = call.attributes().number("epsilon", 1e-5);
    return x.reshape(x.shape().size(0) * groups, columns).normalize(epsilon).reshape(x.shape());
  }

  private static Node scaled(Node x, Node scale, Node shift) {
    int rank = x.shape().rank();
    return x.times(Windows.perChannel(scale, rank)).plus(Windows.perChannel(shift, rank));
  }

  private static List<Result> lengths(Call call) {
    call.allow("axis", "p");
    Node x = call.node(0);
    int axis = call.axis(-1, x.shape().rank());
    boolean sums = call.attributes().integer("p", 2) == 1;
    Node length = sums ? x.abs().sumKeeping(axis) : x.square().sumKeeping(axis).sqrt();
    Node none = length.equalTo(Node.constant(0)); // such a line stays as it is
    return call.result(x.dividedBy(none.select(Node.constant(1), length)));
  }

  private static List<Result> meanVariance(Call call) {
    call.allow("axes");
    Node x = call.node(0);
    int rank = x.shape().rank();
    int[] axes =
        call.axes(call.count(), rank)
            .orElseGet(() -> IntStream.of(0, 2, 3).filter(axis -> axis < rank).toArray());
    Node centred = x.minus(x.meanKeeping(axes));
    Node deviation = centred.square().meanKeeping(axes).sqrt().plus(1e-9);
    return call.result(centred.dividedBy(deviation));
  }

  /** Normalises all axes from one on together. */
  private static Node normalizedRows(Call call, UnaryOperator<Node> function) {
    Node x = call.node(0);
    int rank = x.shape().rank();
    int axis = call.axis(-1, rank);
    int columns = Shapes.count(x.shape(), axis, rank);
    boolean last = axis == rank - 1;
    Node rows = last ? x : x.reshape(-1, columns);
    Node y = function.apply(rows);
    Node scaled = (last ? y : y.reshape(x.shape())).times(call.node(1));
    return call.has(2) ? scaled.plus(call.node(2)) : scaled;
  }

  private static List<Result> layerNormalization(Call call) {
    call.allow("axis", "epsilon", "stash_type");
    if (call.outputs() > 1) {
      throw new IllegalArgumentException("its means and deviations are asked for: not known here");
    }
    double epsilon = call.attributes().number("epsilon", 1e-5);
    return call.result(normalizedRows(call, rows -> rows.normalize(epsilon)));
  }

  private static List<Result> rmsNormalization(Call call) {
    call.allow("axis", "epsilon", "stash_type");
    double epsilon = call.attributes().number("epsilon", 1e-5);
    return call.result(
        normalizedRows(
            call, rows -> rows.dividedBy(rows.square().meanKeeping(-1).plus(epsilon).sqrt())));
  }

  private static List<Result> batchNormalization(Call call) {
    call.allow("epsilon", "momentum", "training_mode", "spatial");
    if (call.attributes().flag("training_mode", false) || call.outputs() > 1) {
      throw new IllegalArgumentException(
          "it learns means, as in training: export the model after model.eval()");
    }
    Node x = call.node(0);
    Node deviation = call.node(4).plus(call.attributes().number("epsilon", 1e-5)).sqrt();
    Node factor = call.node(1).dividedBy(deviation);
    Node shift = call.node(2).minus(call.node(3).times(factor));
    return call.result(scaled(x, factor, shift));
  }
}
