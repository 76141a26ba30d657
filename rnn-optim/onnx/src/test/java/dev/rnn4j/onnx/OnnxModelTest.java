package dev.rnn4j.onnx;

import static dev.rnn4j.onnx.Protos.graph;
import static dev.rnn4j.onnx.Protos.node;
import static dev.rnn4j.onnx.Protos.tensor;
import static dev.rnn4j.onnx.Protos.variable;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import dev.rnn4j.grad.GradientCheck;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.ModelFile;
import dev.rnn4j.train.Predictor;
import dev.rnn4j.train.TrainingStep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelTest {
  @TempDir Path folder;

  private static OnnxModel exported(String name) throws IOException {
    return OnnxModel.read(Cases.resource(name + ".onnx"));
  }

  private static Tensor drawn(int... sizes) {
    Shape shape = Shape.of(sizes);
    NumpyRandom random = new NumpyRandom(5);
    double[] values =
        IntStream.range(0, shape.elements()).mapToDouble(i -> random.nextGaussian()).toArray();
    return Tensor.of(shape, values);
  }

  private static String refusal(org.junit.jupiter.api.function.Executable body) {
    return assertThrows(IllegalArgumentException.class, body).getMessage();
  }

  private static String unreadable(org.junit.jupiter.api.function.Executable body) {
    return assertThrows(OnnxException.class, body).getMessage();
  }

  @Test
  void saysWhatGoesInAndOut() throws IOException {
    OnnxModel model = exported("stream-torchscript");
    assertEquals(
        "[x: float [t, n, 3], h: float [1, n, 5], c: float [1, n, 5]]",
        model.graph().inputs().toString());
    assertEquals("p: float [t, n, 2]", model.graph().outputs().get(0).toString());
    assertEquals(
        List.copyOf(model.parameters().keySet()), List.copyOf(parametersWithoutPrefix(model)));
  }

  private static List<String> parametersWithoutPrefix(OnnxModel model) {
    return Parameters.of(model).keySet().stream()
        .map(path -> path.substring("parameters.".length()))
        .toList();
  }

  /** A part of a larger model: what reads a sequence, below a layer of its own. */
  record Tuned(OnnxModel reader, Dense head) implements Layer {
    @Override
    public Signal apply(Signal x) {
      return head.apply(reader.apply(Map.of("x", x)).get("y"));
    }
  }

  @Test
  void isTrainedAndSavedAsPartOfAModel() throws IOException {
    Dense head = Dense.of(3, 1, new NumpyRandom(1));
    Tuned model = new Tuned(exported("forecaster-torchscript"), head);
    Tensor x = drawn(6, 2, 2);
    Tensor y = drawn(6, 2, 1);
    TrainingStep step =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Adam.rate(0.01))
            .compile(Precision.FLOAT32);
    double first = step.run(x, y);
    Tensor before = step.weights().get(model.reader().parameters().values().iterator().next());
    for (int i = 0; i < 100; i++) {
      step.run(x, y);
    }
    assertTrue(step.run(x, y) < first / 2, "the loss does not fall");
    Tensor after = step.weights().get(model.reader().parameters().values().iterator().next());
    assertTrue(!before.sameAs(after), "its parameters are not trained");
    Path file = folder.resolve("tuned.safetensors");
    ModelFile.save(model, step.weights(), file, Map.of());
    Weights loaded = ModelFile.load(model, file, Precision.FLOAT32);
    assertEquals(step.weights().values(model).keySet(), loaded.values(model).keySet());
  }

  @Test
  void gradientsFlowThroughItsOperators() throws IOException {
    for (String name : List.of("classifier", "forecaster", "elman", "pooled", "cell-loop")) {
      OnnxModel model = exported(name + "-torchscript");
      int steps = 5;
      Input x = name.equals("forecaster") ? Input.of("x", steps, 2, 2) : Input.of("x", 2, steps, 3);
      Node y = model.nodes(Map.of("x", x)).values().iterator().next();
      GradientCheck.of(y).check();
    }
  }

  @Test
  void lengthsNeedNoPlanOfTheirOwn() throws IOException {
    OnnxModel model = exported("packed-torchscript");
    Input x = Input.of("x", 6, 3, 3);
    Input lengths = Input.of("lengths", 3);
    Node y = model.nodes(Map.of("x", x, "lengths", lengths)).get("y");
    Plan plan = Plan.of(y).compile(Precision.FLOAT64);
    Tensor values = drawn(6, 3, 3);
    for (double[] each : new double[][] {{6, 2, 4}, {1, 6, 6}, {3, 6, 5}}) {
      Tensor given = Tensor.of(each);
      Tensor together = plan.session().set(x, values).set(lengths, given).run().get(y);
      Map<String, Tensor> inputs = Map.of("x", values, "lengths", given);
      assertArrayEquals(
          model.predictor(Precision.FLOAT64).predict(inputs).get("y").toDoubles(),
          together.toDoubles());
    }
  }

  @Test
  void valuesThatDecideTheFormAreTakenFromTheTensor() throws IOException {
    OnnxModel model =
        Protos.read(
            folder,
            graph(node("Expand", "y", "x", "sizes"))
                .addInput(variable("x", DataType.FLOAT, "1", "n"))
                .addInput(variable("sizes", DataType.INT64, "2"))
                .addOutput(variable("y", DataType.FLOAT, "m", "n")));
    OnnxPredictor predictor = model.predictor(Precision.FLOAT32);
    for (int rows : new int[] {2, 3, 2}) {
      Map<String, Tensor> inputs =
          Map.of("x", Tensor.of(new double[][] {{1, 2}}), "sizes", Tensor.of(rows, 1));
      assertEquals(Shape.of(rows, 2), predictor.predict(inputs).get("y").shape());
    }
    Input x = Input.of("x", 1, 2);
    assertEquals(
        "'my Expand' (Expand): the values of sizes decide the form of the graph: give them as"
            + " Node.constant(...)",
        refusal(() -> model.nodes(Map.of("x", x, "sizes", Input.of("sizes", 2)))));
    Node sizes = Node.constant(Tensor.of(4, 1));
    assertEquals(Shape.of(4, 2), model.nodes(Map.of("x", x, "sizes", sizes)).get("y").shape());
  }

  @Test
  void numbersThatDecideTheFormAreRefused() throws IOException {
    OnnxModel model =
        Protos.read(
            folder,
            graph(node("Range", "y", "x", "x", "x"))
                .addInput(variable("x", DataType.FLOAT))
                .addOutput(variable("y", DataType.FLOAT, "n")));
    assertTrue(
        refusal(() -> model.predictor(Precision.FLOAT32).predict(Map.of("x", Tensor.scalar(2))))
            .contains("the values of x decide the form"));
  }

  @Test
  void wholeNumbersThatAFloatDoesNotHoldAreRefused() throws IOException {
    OnnxModel model =
        Protos.read(
            folder,
            graph(node("Mod", "hour", "seconds", "day"))
                .addInput(variable("seconds", DataType.INT64, "n"))
                .addInput(variable("day", DataType.INT64))
                .addOutput(variable("hour", DataType.INT64, "n")));
    double seconds = 1_764_288_001;
    Map<String, Tensor> inputs =
        Map.of("seconds", Tensor.of(seconds, 5), "day", Tensor.scalar(86_400));
    assertEquals(
        "the input 'seconds' holds 1764288001, and FLOAT32 tells whole numbers apart up to 16777216"
            + " only: predict in FLOAT64",
        refusal(() -> model.predictor(Precision.FLOAT32).predict(inputs)));
    assertArrayEquals(
        new double[] {seconds % 86_400, 5},
        model.predictor(Precision.FLOAT64).predict(inputs).get("hour").toDoubles());
  }

  @Test
  void anIndexThatIsNoneIsRefusedWithTheOperation() throws IOException {
    OnnxModel model =
        Protos.read(
            folder,
            graph(node("GatherElements", "y", "table", "places"))
                .addInput(variable("table", DataType.FLOAT, "n"))
                .addInput(variable("places", DataType.INT64, "m"))
                .addOutput(variable("y", DataType.FLOAT, "m")));
    Map<String, Node> inputs =
        Map.of("table", Node.constant(Tensor.of(1, 2)), "places", Node.constant(Tensor.of(0, 5)));
    assertEquals(
        "'my GatherElements' (GatherElements): the index 5 is none of the axis of 2 elements that it"
            + " points to",
        refusal(() -> model.nodes(inputs)));
  }

  @Test
  void branchesThatNumbersDecideAreRefusedWithTheCure() throws IOException {
    GraphProto.Builder branch =
        graph(node("Neg", "z", "x")).addOutput(variable("z", DataType.FLOAT, "n"));
    NodeProto choice =
        node("If", "y", "c").toBuilder()
            .addAttribute(branch("then_branch", branch))
            .addAttribute(branch("else_branch", branch))
            .build();
    OnnxModel model =
        Protos.read(
            folder,
            graph(node("ReduceMax", "m", "x"), node("IsNaN", "c", "m"), choice)
                .addInput(variable("x", DataType.FLOAT, "n"))
                .addOutput(variable("y", DataType.FLOAT, "n")));
    Map<String, Tensor> inputs = Map.of("x", Tensor.of(1, 2));
    assertEquals(
        "'my If' (If): the values of x decide the form of the graph, and a plan for each of them"
            + " would never be used again: export a model that chooses by masks, as torch.where"
            + " does",
        refusal(() -> model.predictor(Precision.FLOAT32).predict(inputs)));
    Node x = Node.constant(Tensor.of(1, 2));
    assertArrayEquals(
        new double[] {-1, -2}, model.nodes(Map.of("x", x)).get("y").eval().toDoubles());
  }

  private static AttributeProto branch(String name, GraphProto.Builder graph) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(graph)
        .build();
  }

  @Test
  void refusesWhatAnExportedModelDoesNotKnow() throws IOException {
    Tuned model = new Tuned(exported("forecaster-torchscript"), Dense.of(3, 1, new NumpyRandom(1)));
    Predictor predictor = Predictor.of(model, Weights.of(Precision.FLOAT64));
    assertTrue(
        assertThrows(IllegalStateException.class, () -> predictor.streaming(Shape.of(2)).open())
            .getMessage()
            .startsWith("an ONNX model needs whole sequences, and here they come in parts"));
    assertTrue(
        refusal(() -> predictor.predict(Batch.of(drawn(6, 2, 2)).lengths(6, 4)))
            .startsWith("an ONNX model does not see the mask of 'x': give it the lengths"));
    TrainingStep carried =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Adam.rate(0.01))
            .carryStates()
            .compile(Precision.FLOAT64);
    assertThrows(IllegalStateException.class, () -> carried.run(drawn(6, 2, 2), drawn(6, 2, 1)));
    TrainingStep plain =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Adam.rate(0.01))
            .compile(Precision.FLOAT64);
    Tensor begins = Tensor.of(Shape.of(6, 2), 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
    Batch marked = Batch.of(drawn(6, 2, 2), drawn(6, 2, 1)).begins(begins);
    assertTrue(
        assertThrows(IllegalStateException.class, () -> plain.run(marked))
            .getMessage()
            .startsWith("an ONNX model needs one sequence in each row"));
  }

  @Test
  void lengthsThatNoSequenceHasAreRefused() throws IOException {
    OnnxModel model = exported("packed-torchscript");
    OnnxPredictor predictor = model.predictor(Precision.FLOAT32);
    Tensor x = drawn(4, 2, 3);
    for (double[] lengths : new double[][] {{5, 2}, {4, -1}}) {
      String message =
          refusal(() -> predictor.predict(Map.of("x", x, "lengths", Tensor.of(lengths))));
      assertTrue(message.contains("lengths are whole numbers from 0 to 4 here"), message);
    }
    Input given = Input.of("lengths", 2);
    Node y = model.nodes(Map.of("x", Node.constant(x), "lengths", given)).get("y");
    Plan plan = Plan.of(y).compile(Precision.FLOAT64);
    for (double wrong : new double[] {1.5, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> plan.session().set(given, Tensor.of(4, wrong)).run());
    }
  }

  @Test
  void whatBatchNormalisationHasLearnedIsNoParameter() throws IOException {
    OnnxModel model =
        Protos.read(
            folder,
            graph(node("BatchNormalization", "y", "x", "scale", "shift", "mean", "variance"))
                .addInput(variable("x", DataType.FLOAT, "n", "2"))
                .addInitializer(tensor("scale", 1, 2))
                .addInitializer(tensor("shift", 3, 4))
                .addInitializer(tensor("mean", 5, 6))
                .addInitializer(tensor("variance", 7, 8))
                .addOutput(variable("y", DataType.FLOAT, "n", "2")));
    assertEquals(List.of("scale", "shift"), List.copyOf(model.parameters().keySet()));
  }

  @Test
  void severalThreadsAskAtOnce() throws Exception {
    OnnxPredictor predictor = exported("classifier-torchscript").predictor(Precision.FLOAT32);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Tensor>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Tensor x = drawn(1 + i % 3, 4 + i % 2, 3);
        calls.add(() -> predictor.predict(Map.of("x", x)).get("p"));
      }
      List<Future<Tensor>> results = threads.invokeAll(calls);
      for (int i = 0; i < 40; i++) {
        assertTrue(results.get(i).get().sameAs(calls.get(i).call()), "call " + i);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void outputsMayBeInputsConstantsAndTheSameTwice() throws IOException {
    OnnxModel model =
        Protos.read(
            folder,
            graph(
                    node("Identity", "a", "x"),
                    node("Tanh", "b", "x"),
                    node("Identity", "c", "b"),
                    node("Shape", "d", "x"))
                .addInput(variable("x", DataType.FLOAT, "n"))
                .addOutput(variable("a", DataType.FLOAT, "n"))
                .addOutput(variable("b", DataType.FLOAT, "n"))
                .addOutput(variable("c", DataType.FLOAT, "n"))
                .addOutput(variable("d", DataType.INT64, "1")));
    Map<String, Tensor> outputs =
        model.predictor(Precision.FLOAT64).predict(Map.of("x", Tensor.of(1, 2, 3)));
    assertEquals(List.of("a", "b", "c", "d"), List.copyOf(outputs.keySet()));
    assertArrayEquals(new double[] {1, 2, 3}, outputs.get("a").toDoubles());
    assertEquals(Math.tanh(2), outputs.get("c").at(1), 1e-15);
    assertArrayEquals(new double[] {3}, outputs.get("d").toDoubles());
  }

  @Test
  void readsTensorsFromFilesBesideTheModel() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(8, 4).putFloat(12, 5);
    Files.write(folder.resolve("weights.data"), bytes.array());
    OnnxModel model = Protos.read(folder, withWeightsIn("weights.data"));
    Tensor y = model.predictor(Precision.FLOAT32).predict(Map.of("x", Tensor.of(1, 2))).get("y");
    assertArrayEquals(new double[] {5, 7}, y.toDoubles());
    assertTrue(
        unreadable(() -> Protos.read(folder, withWeightsIn("../weights.data")))
            .endsWith("only files of its own folder are read"));
    assertTrue(
        unreadable(() -> Protos.read(folder, withWeightsIn("other.data")))
            .endsWith("which is not beside the model: copy it there"));
    Files.write(folder.resolve("weights.data"), new byte[10]);
    assertTrue(
        unreadable(() -> Protos.read(folder, withWeightsIn("weights.data")))
            .endsWith("'weights.data' ends before 'w' does: copy it again"));
  }

  private static ai.onnx.proto.OnnxMl.GraphProto.Builder withWeightsIn(String file) {
    TensorProto.Builder weights = tensor("w", 0, 0).clearFloatData();
    weights.setDataLocation(DataLocation.EXTERNAL);
    List.of("location=" + file, "offset=8", "length=8")
        .forEach(
            entry ->
                weights.addExternalData(
                    StringStringEntryProto.newBuilder()
                        .setKey(entry.split("=")[0])
                        .setValue(entry.split("=")[1])));
    return graph(node("Add", "y", "x", "w"))
        .addInput(variable("x", DataType.FLOAT, "2"))
        .addInitializer(weights)
        .addOutput(variable("y", DataType.FLOAT, "2"));
  }

  @Test
  void refusesWhatIsNoModel() throws IOException {
    Path file = folder.resolve("no.onnx");
    assertEquals("there is no file '" + file + "'", unreadable(() -> OnnxModel.read(file)));
    Files.writeString(file, "This is a text about models.\n");
    assertEquals(
        "'"
            + file
            + "' cannot be read as an ONNX model: it is damaged, or a file of another kind: export it"
            + " again",
        unreadable(() -> OnnxModel.read(file)));
    Files.write(file, new byte[0]);
    assertEquals(
        "'" + file + "' cannot be read as an ONNX model: it has no graph",
        unreadable(() -> OnnxModel.read(file)));
    assertEquals(
        "'" + folder + "' cannot be read as an ONNX model: it is a folder: name the file in it",
        unreadable(() -> OnnxModel.read(folder)));
    byte[] whole = Files.readAllBytes(Cases.resource("classifier-dynamo.onnx"));
    for (int length = 1; length < whole.length; length += 97) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      unreadable(() -> OnnxModel.read(file));
    }
  }

  @Test
  void namesAllOperatorsThatAreNotKnown() {
    assertTrue(
        unreadable(
                () ->
                    Protos.read(
                        folder,
                        graph(
                            node("Resize", "y", "x"),
                            node("Add", "z", "y", "y"),
                            node("Einsum2", "u", "z"))))
            .endsWith("it uses operators that are not known here: Einsum2, Resize"));
    assertTrue(
        unreadable(() -> Protos.read(folder, graph(node("Add", "y", "x", "x")), 7))
            .contains("its operators are of version 7, and those from 11 to 23 are known here"));
  }

  @Test
  void namesTheOperationWhoseAttributesAreNotThose() throws IOException {
    for (String[] each :
        new String[][] {
          {"MaxPool", "'my MaxPool' (MaxPool): an attribute that it needs is missing"},
          {"Unsqueeze", "'my Unsqueeze' (Unsqueeze): an attribute that it needs is missing"}
        }) {
      OnnxModel model =
          Protos.read(
              folder,
              graph(node(each[0], "y", "x"))
                  .addInput(variable("x", DataType.FLOAT, "1", "2", "3"))
                  .addOutput(variable("y", DataType.FLOAT)));
      assertEquals(each[1], refusal(() -> model.nodes(Map.of("x", Input.of("x", 1, 2, 3)))));
    }
    OnnxModel model =
        Protos.read(
            folder,
            graph(
                    node("Gelu", "y", "x").toBuilder()
                        .addAttribute(
                            AttributeProto.newBuilder()
                                .setName("approximate")
                                .setType(AttributeProto.AttributeType.STRING)
                                .setS(ByteString.copyFromUtf8("fast")))
                        .build())
                .addInput(variable("x", DataType.FLOAT, "2"))
                .addOutput(variable("y", DataType.FLOAT, "2")),
            20);
    assertEquals(
        "'my Gelu' (Gelu): the attribute approximate is fast, and none of [none, tanh]",
        refusal(() -> model.nodes(Map.of("x", Input.of("x", 2)))));
  }

  @Test
  void axesThatAreNotThereAreRefused() throws IOException {
    OnnxModel sums =
        Protos.read(
            folder,
            graph(node("CumSum", "y", "x", "axis"))
                .addInput(variable("x", DataType.FLOAT, "2", "3"))
                .addInput(variable("axis", DataType.INT64))
                .addOutput(variable("y", DataType.FLOAT, "2", "3")));
    for (int axis : new int[] {2, -3}) {
      Map<String, Node> inputs =
          Map.of("x", Input.of("x", 2, 3), "axis", Node.constant(Tensor.scalar(axis)));
      assertEquals(
          "'my CumSum' (CumSum): there is no axis " + axis + " of 2",
          refusal(() -> sums.nodes(inputs)));
    }
    for (int axis : new int[] {3, -3}) {
      OnnxModel flat =
          Protos.read(
              folder,
              graph(
                      node("Flatten", "y", "x").toBuilder()
                          .addAttribute(
                              AttributeProto.newBuilder()
                                  .setName("axis")
                                  .setType(AttributeProto.AttributeType.INT)
                                  .setI(axis))
                          .build())
                  .addInput(variable("x", DataType.FLOAT, "2", "3"))
                  .addOutput(variable("y", DataType.FLOAT)));
      assertEquals(
          "'my Flatten' (Flatten): there is no axis " + axis + " of 2",
          refusal(() -> flat.nodes(Map.of("x", Input.of("x", 2, 3)))));
    }
  }

  @Test
  void refusesInputsThatDoNotFit() throws IOException {
    OnnxModel model = exported("tagger-torchscript");
    OnnxPredictor predictor = model.predictor(Precision.FLOAT32);
    Tensor i = Tensor.of(new double[][] {{1, 2}});
    String takes = "[i: integer [n, t]]";
    assertEquals(
        "the input 'i' is missing: the model takes " + takes,
        refusal(() -> predictor.predict(Map.of("x", i))));
    assertEquals(
        "the model has no input 'x': it takes " + takes,
        refusal(() -> predictor.predict(Map.of("i", i, "x", i))));
    assertEquals(
        "the input 'i' is [2], and the model takes " + takes,
        refusal(() -> predictor.predict(Map.of("i", Tensor.of(1, 2)))));
    assertEquals(
        "the input 'i' takes integer numbers, and 0.5 is none",
        refusal(() -> predictor.predict(Map.of("i", Tensor.of(new double[][] {{0.5, 1}})))));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> predictor.predict(Map.of("i", Tensor.of(new double[][] {{20, 1}}))));
  }
}
