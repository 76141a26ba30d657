package dev.rnn4j.io;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What stands before the numbers: where each tensor's bytes are, and the metadata.
 *
 * @param entries in the order of the names
 * @param metadata may be empty
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";
  static final String TYPE = "dtype";
  static final String SHAPE = "shape";
  static final String OFFSETS = "data_offsets";

  /** One tensor, from byte {@code begin} up to {@code end} of the data. */
  record Entry(String name, Precision precision, Shape shape, long begin, long end) {
    static Entry of(String name, Tensor tensor, long begin) {
      long end = begin + bytes(tensor.shape(), tensor.precision());
      return new Entry(name, tensor.precision(), tensor.shape(), begin, end);
    }

    static long bytes(Shape shape, Precision precision) {
      return (long) shape.elements() * precision.bytes();
    }
  }

  /** Lays the tensors out: float64 before float32, so that every number begins at its multiple. */
  static SafetensorsHeader of(NamedTensors named) {
    long next64 = 0;
    long next32 = 0;
    for (Tensor tensor : named.tensors().values()) {
      boolean wide = tensor.precision() == Precision.FLOAT64;
      next32 += wide ? Entry.bytes(tensor.shape(), Precision.FLOAT64) : 0;
    }
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, Tensor> item : named.tensors().entrySet()) {
      boolean wide = item.getValue().precision() == Precision.FLOAT64;
      Entry entry = Entry.of(item.getKey(), item.getValue(), wide ? next64 : next32);
      next64 = wide ? entry.end() : next64;
      next32 = wide ? next32 : entry.end();
      entries.add(entry);
    }
    return new SafetensorsHeader(entries, named.metadata());
  }

  List<Entry> inOrderOfData() {
    return entries.stream()
        .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
        .toList();
  }

  /** Checks that the tensors fill exactly {@code bytes} bytes, each byte belonging to one. */
  void requireFilled(Path file, long bytes) throws SafetensorsException {
    long next = 0;
    String before = "the header";
    for (Entry entry : inOrderOfData()) {
      String tensor = "the tensor '" + entry.name() + "'";
      if (entry.begin() < next) {
        throw SafetensorsException.damaged(file, "lets " + tensor + " overlap " + before);
      }
      if (entry.begin() > next) {
        throw SafetensorsException.damaged(
            file,
            "has a hole of "
                + (entry.begin() - next)
                + " bytes between "
                + before
                + " and "
                + tensor);
      }
      next = entry.end();
      before = tensor;
    }
    if (next != bytes) {
      throw SafetensorsException.damaged(
          file, "should have " + next + " bytes of numbers after its header, and has " + bytes);
    }
  }

  /** Returns the header as JSON, padded with spaces so that the data begins at a multiple of 8. */
  byte[] toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        writeMetadata(json);
      }
      for (Entry entry : entries) {
        write(entry, json);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] unpadded = text.toString().getBytes(StandardCharsets.UTF_8);
    text.write(" ".repeat(-unpadded.length & Long.BYTES - 1));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void writeMetadata(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(METADATA);
    for (Map.Entry<String, String> item : metadata.entrySet()) {
      json.writeStringField(unicode(item.getKey()), unicode(item.getValue()));
    }
    json.writeEndObject();
  }

  private static void write(Entry entry, JsonGenerator json) throws IOException {
    checkArgument(
        !entry.name().equals(METADATA),
        "a tensor cannot have the name '%s', which the format keeps for itself; rename it",
        METADATA);
    json.writeObjectFieldStart(unicode(entry.name()));
    json.writeStringField(TYPE, entry.precision() == Precision.FLOAT32 ? "F32" : "F64");
    json.writeFieldName(SHAPE);
    int[] sizes = entry.shape().toArray();
    json.writeArray(sizes, 0, sizes.length);
    json.writeFieldName(OFFSETS);
    json.writeArray(new long[] {entry.begin(), entry.end()}, 0, 2);
    json.writeEndObject();
  }

  private static String unicode(String text) {
    checkArgument(
        StandardCharsets.UTF_8.newEncoder().canEncode(text),
        "the text '%s' is not Unicode: half of a surrogate pair is missing; correct it",
        text);
    return text;
  }
}
