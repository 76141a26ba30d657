package dev.rnn4j.onnx.internal.file;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads a graph from a file. */
public final class GraphReader {
  /** The versions of the operators whose meaning is known here. */
  private static final int FIRST = 11;

  private static final int LAST = 23;

  private final TensorReader tensors;

  private GraphReader(Path file) {
    tensors = new TensorReader(file.toAbsolutePath().normalize().getParent());
  }

  /**
   * Reads a graph.
   *
   * @param known whether there is an operator of a name
   * @throws IOException where the file cannot be read
   * @throws IllegalArgumentException where it is no ONNX file, or what it says cannot be expressed
   *     here
   */
  public static Graph read(Path file, Predicate<String> known) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException("it is a folder: name the file in it");
    }
    ModelProto model;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      model = ModelProto.parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "it is damaged, or a file of another kind: export it again", e);
    }
    if (!model.hasGraph()) {
      throw new IllegalArgumentException("it has no graph");
    }
    return new GraphReader(file).graph(model, known);
  }

  private Graph graph(ModelProto model, Predicate<String> known) throws IOException {
    int version = 0;
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      version = isStandard(set.getDomain()) ? Math.toIntExact(set.getVersion()) : version;
    }
    if (version < FIRST || version > LAST) {
      throw new IllegalArgumentException(
          "its operators are of version "
              + version
              + ", and those from "
              + FIRST
              + " to "
              + LAST
              + " are known here: export it with opset_version=18");
    }
    TreeSet<String> unknown = new TreeSet<>();
    addUnknown(model.getGraph(), known, unknown);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "it uses operators that are not known here: " + String.join(", ", unknown));
    }
    return graph(model.getGraph(), version, GraphReader::variable);
  }

  private Graph graph(GraphProto graph, int version, Function<ValueInfoProto, Variable> described)
      throws IOException {
    if (graph.getSparseInitializerCount() > 0) {
      throw new IllegalArgumentException("it has sparse tensors: export it with dense ones");
    }
    Map<String, Constant> constants = new LinkedHashMap<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      constants.put(tensor.getName(), tensors.read(tensor));
    }
    List<Variable> inputs = new ArrayList<>();
    for (ValueInfoProto input : graph.getInputList()) {
      if (!constants.containsKey(input.getName())) { // old files list all
        inputs.add(described.apply(input));
      }
    }
    List<Variable> outputs = new ArrayList<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      outputs.add(described.apply(output));
    }
    List<Operation> operations = new ArrayList<>();
    for (NodeProto node : graph.getNodeList()) {
      operations.add(operation(node, version));
    }
    return new Graph(version, inputs, outputs, constants, operations);
  }

  private static boolean isStandard(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  private static void addUnknown(
      GraphProto graph, Predicate<String> known, TreeSet<String> unknown) {
    for (NodeProto node : graph.getNodeList()) {
      String domain = node.getDomain();
      if (!isStandard(domain)) {
        unknown.add(domain + "." + node.getOpType());
      } else if (!known.test(node.getOpType())) {
        unknown.add(node.getOpType());
      }
      for (AttributeProto attribute : node.getAttributeList()) {
        addUnknown(attribute.getG(), known, unknown);
      }
    }
  }

  /** Inside a graph, what has no name outside says too little of its type. */
  private static Variable inner(ValueInfoProto value) {
    return new Variable(value.getName(), Kind.FLOAT, null);
  }

  private static Variable variable(ValueInfoProto value) {
    TypeProto type = value.getType();
    if (!type.hasTensorType()) {
      throw new IllegalArgumentException("'" + value.getName() + "' is no tensor");
    }
    Kind kind = Kind.of(type.getTensorType().getElemType());
    if (!type.getTensorType().hasShape()) {
      return new Variable(value.getName(), kind, null);
    }
    TensorShapeProto shape = type.getTensorType().getShape();
    List<String> sizes = new ArrayList<>();
    for (Dimension size : shape.getDimList()) {
      String name = size.getDimParam().isEmpty() ? "?" : size.getDimParam();
      sizes.add(size.hasDimValue() ? Long.toString(size.getDimValue()) : name);
    }
    return new Variable(value.getName(), kind, List.copyOf(sizes));
  }

  private Operation operation(NodeProto node, int version) throws IOException {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      attributes.put(attribute.getName(), value(attribute, node, version));
    }
    String name = node.getName();
    if (name.isEmpty() && node.getOutputCount() > 0) {
      name = node.getOutput(0);
    }
    return new Operation(
        name,
        node.getOpType(),
        List.copyOf(node.getInputList()),
        List.copyOf(node.getOutputList()),
        new Attributes(attributes));
  }

  private Object value(AttributeProto attribute, NodeProto node, int version) throws IOException {
    return switch (attribute.getType()) {
      case INT -> attribute.getI();
      case FLOAT -> (double) attribute.getF();
      case STRING -> attribute.getS().toStringUtf8();
      case GRAPH -> graph(attribute.getG(), version, GraphReader::inner);
      case TENSOR -> tensors.read(attribute.getT());
      case INTS -> List.copyOf(attribute.getIntsList());
      case FLOATS -> attribute.getFloatsList().stream().map(Float::doubleValue).toList();
      case STRINGS -> attribute.getStringsList().stream().map(ByteString::toStringUtf8).toList();
      default ->
          throw new IllegalArgumentException(
              "'"
                  + node.getName()
                  + "' ("
                  + node.getOpType()
                  + ") has an attribute "
                  + attribute.getName()
                  + " of a type that is not known here: "
                  + attribute.getType());
    };
  }
}
