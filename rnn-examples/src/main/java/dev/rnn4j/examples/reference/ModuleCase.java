package dev.rnn4j.examples.reference;

import dev.rnn4j.cell.Activation;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.graph.Records;
import dev.rnn4j.io.SafetensorsException;
import dev.rnn4j.layer.DeepRecurrent;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.torch.TorchRecurrent;
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
    int inputSize = fields.whole("inputSize");
    int hiddenSize = fields.whole("hiddenSize");
    Fields settings = fields.object("settings");
    switch (fields.text("module")) {
      case "RNN" -> {
        Activation activation = activation(settings.text("nonlinearity", "tanh"));
        run(TorchRecurrent.rnn(inputSize, hiddenSize, activation), fields, folder, differences);
      }
      case "LSTM" -> {
        var lstm = TorchRecurrent.lstm(inputSize, hiddenSize);
        int projected = settings.whole("proj_size", 0);
        run(projected == 0 ? lstm : lstm.projected(projected), fields, folder, differences);
      }
      case "GRU" -> run(TorchRecurrent.gru(inputSize, hiddenSize), fields, folder, differences);
      default -> throw new BadCaseException("there is no module " + fields.text("module"));
    }
  }

  private static Activation activation(String nonlinearity) {
    return switch (nonlinearity) {
      case "tanh" -> Activation.TANH;
      case "relu" -> Activation.RELU;
      default -> throw new BadCaseException("there is no nonlinearity " + nonlinearity);
    };
  }

  private static <S> void run(
      TorchRecurrent<S> kind, Fields fields, Path folder, Differences differences) {
    Fields settings = fields.object("settings");
    TorchRecurrent<S> form = kind.layers(settings.whole("num_layers", 1));
    form = settings.flag("bidirectional", false) ? form.bidirectional() : form;
    form = settings.flag("bias", true) ? form : form.withoutBias();
    DeepRecurrent<S> module = load(form, folder.resolve(fields.text("weights")));

    Evaluation inputs = new Evaluation(fields);
    Signal x = Signal.of(inputs.prediction("x"));
    if (fields.isGiven("lengths")) {
      x = x.masked(Node.constant(Lists.mask(fields.vector("lengths"), x.steps())));
    }
    Unrolled<List<S>> run = module.unroll(x, initial(module, inputs));

    Map<String, Node> nodes = new LinkedHashMap<>();
    nodes.put("y", run.outputs().values());
    for (String component : components(module)) {
      int i = components(module).indexOf(component);
      nodes.put(
          component + "n",
          Node.stack(run.state().stream().map(state -> Records.nodes(state).get(i)).toList()));
    }
    List<Node> terms = new ArrayList<>();
    nodes.forEach(
        (name, node) -> {
          Tensor factors = fields.tensor(name + "Weights");
          Lists.requireSameShape(name + "Weights", node.shape(), factors);
          terms.add(node.times(Node.constant(factors)).sum());
        });
    Node loss = Node.sum(terms);
    nodes.put("loss", loss);
    Map<String, Tensor> expected = new LinkedHashMap<>();
    nodes.keySet().forEach(name -> expected.put(name, fields.tensor(name)));
    Fields gradients = fields.object("gradients");
    gradients(form, module, inputs, loss)
        .forEach(
            (name, gradient) -> {
              nodes.put("gradients." + name, gradient);
              expected.put("gradients." + name, gradients.tensor(name));
            });
    inputs.compareAll(expected, nodes, differences);
  }

  private static <S> DeepRecurrent<S> load(TorchRecurrent<S> form, Path weights) {
    try {
      return form.load(weights);
    } catch (SafetensorsException e) {
      throw new BadCaseException(e.getMessage());
    }
  }

  /** Returns the names of a state's components: h, and c of an LSTM. */
  private static <S> List<String> components(DeepRecurrent<S> module) {
    return Records.nodeNames(module.cells().get(0).initialState(1));
  }

  /** Returns the states of all cells from {@code h0} and {@code c0}, {@code [D, N, H]}. */
  private static <S> List<S> initial(DeepRecurrent<S> module, Evaluation inputs) {
    List<Input> given =
        components(module).stream().map(name -> inputs.prediction(name + "0")).toList();
    List<S> states = new ArrayList<>();
    for (int i = 0; i < module.cells().size(); i++) {
      int index = i;
      S form = module.cells().get(i).initialState(1);
      states.add(Records.withNodes(form, given.stream().map(all -> all.step(index)).toList()));
    }
    return states;
  }

  /** Returns the gradients of all weights under PyTorch's names, and of all inputs. */
  private static <S> Map<String, Node> gradients(
      TorchRecurrent<S> form, DeepRecurrent<S> module, Evaluation inputs, Node loss) {
    List<Node> leaves = new ArrayList<>(Parameters.of(module).values());
    inputs.predictions().forEach(name -> leaves.add(inputs.input(name)));
    List<Node> gradients = Gradients.of(loss, leaves);
    Map<Node, Node> byLeaf = new IdentityHashMap<>();
    for (int i = 0; i < leaves.size(); i++) {
      byLeaf.put(leaves.get(i), gradients.get(i));
    }
    Map<String, Node> named = new LinkedHashMap<>(form.gradients(module, byLeaf::get));
    inputs.predictions().forEach(name -> named.put(name, byLeaf.get(inputs.input(name))));
    return named;
  }
}
