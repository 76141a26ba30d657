package dev.rnn4j.examples.reference;

import dev.rnn4j.clip.Clip;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;

/** Clipping by global norm and by value. */
final class ClipCase implements Kind {
  @Override
  public void run(Fields fields, Path folder, Differences differences) {
    fields.require("epsilon", 1e-6);
    List<Node> gradients = fields.tensors("gradients").stream().map(Node::constant).toList();
    differences.compare("norm", fields.number("norm"), Clip.globalNorm(gradients).eval().item());
    compare(
        "byGlobalNorm",
        fields,
        Clip.byGlobalNorm(fields.number("maxNorm")).apply(gradients),
        differences);
    compare("byValue", fields, Clip.byValue(fields.number("value")).apply(gradients), differences);
  }

  private static void compare(
      String name, Fields fields, List<Node> actual, Differences differences) {
    List<Tensor> expected = fields.tensors(name);
    Lists.requireSameSize(name, expected, actual);
    for (int i = 0; i < actual.size(); i++) {
      differences.compare(name + "[" + i + "]", expected.get(i), actual.get(i).eval());
    }
  }
}
