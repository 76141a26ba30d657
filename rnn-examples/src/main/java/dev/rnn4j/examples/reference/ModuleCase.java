package dev.rnn4j.examples.reference;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Outputs, final states and gradients of a recurrent module with given weights. */
final class ModuleCase implements Kind {
  @Override
  public void run(Fields fields, Path folder, Differences differences) {
    TorchWeights weights = new TorchWeights(folder.resolve(fields.text("weights")));
    TorchModule module = new TorchModule(fields, weights);
    Evaluation inputs = new Evaluation(fields);
    Input x = inputs.prediction("x");
    Input h0 = inputs.prediction("h0");
    Input c0 = module.hasCellState() ? inputs.prediction("c0") : null;
    Signal sequence = Signal.of(x);
    if (fields.isGiven("lengths")) {
      Tensor mask = Lists.mask(fields.vector("lengths"), x.size(0));
      sequence = sequence.masked(Node.constant(mask));
    }

    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("y", module.apply(sequence, h0, c0).values());
    outputs.put("hn", module.finalH());
    if (module.hasCellState()) {
      outputs.put("cn", module.finalC());
    }
    List<Node> terms = new ArrayList<>();
    outputs.forEach(
        (name, node) -> {
          Tensor factors = fields.tensor(name + "Weights");
          Lists.requireSameShape(name + "Weights", node.shape(), factors);
          terms.add(node.times(Node.constant(factors)).sum());
        });
    Node loss = Node.sum(terms);
    Map<String, Tensor> expected = new LinkedHashMap<>();
    outputs.put("loss", loss);
    outputs.keySet().forEach(name -> expected.put(name, fields.tensor(name)));
    gradients(fields.object("gradients"), inputs, weights, loss, outputs, expected);
    inputs.compareAll(expected, outputs, differences);
  }

  /** Adds the gradients of all inputs and weights, under the names that errors show. */
  private static void gradients(
      Fields fields,
      Evaluation inputs,
      TorchWeights weights,
      Node loss,
      Map<String, Node> nodes,
      Map<String, Tensor> expected) {
    List<Node> all = new ArrayList<>(weights.parameters());
    inputs.predictions().forEach(name -> all.add(inputs.input(name)));
    List<Node> gradients = Gradients.of(loss, all);
    Map<Parameter, Node> ofPieces = new IdentityHashMap<>();
    for (int i = 0; i < weights.parameters().size(); i++) {
      ofPieces.put(weights.parameters().get(i), gradients.get(i));
    }
    for (String name : weights.names()) {
      nodes.put("gradients." + name, weights.gradient(name, ofPieces));
      expected.put("gradients." + name, fields.tensor(name));
    }
    int i = weights.parameters().size();
    for (String name : inputs.predictions()) {
      nodes.put("gradients." + name, gradients.get(i++));
      expected.put("gradients." + name, fields.tensor(name));
    }
  }
}
