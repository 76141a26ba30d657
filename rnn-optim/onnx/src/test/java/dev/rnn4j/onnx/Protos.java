package dev.rnn4j.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small models, written by tests. */
final class Protos {
  private Protos() {}

  static ValueInfoProto variable(String name, DataType type, String... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String size : sizes) {
      boolean number = Character.isDigit(size.charAt(0));
      shape.addDim(
          number
              ? Dimension.newBuilder().setDimValue(Long.parseLong(size))
              : Dimension.newBuilder().setDimParam(size));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setName("my " + operator)
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  static TensorProto.Builder tensor(String name, float... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.FLOAT.getNumber())
            .addDims(values.length);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor;
  }

  static GraphProto.Builder graph(NodeProto... nodes) {
    return GraphProto.newBuilder().setName("g").addAllNode(List.of(nodes));
  }

  static OnnxModel read(Path folder, GraphProto.Builder graph) throws IOException {
    return read(folder, graph, 18);
  }

  static OnnxModel read(Path folder, GraphProto.Builder graph, int version) throws IOException {
    Path file = folder.resolve("model.onnx");
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(version))
            .setGraph(graph)
            .build();
    Files.write(file, model.toByteArray());
    return OnnxModel.read(file);
  }
}
