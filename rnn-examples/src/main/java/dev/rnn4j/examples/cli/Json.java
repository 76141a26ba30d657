package dev.rnn4j.examples.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.rnn4j.io.AtomicFile;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes JSON: maps, lists, tensors, numbers and strings. Numbers are written as the
 * shortest that read back as the same double; NaN and infinities stand bare, as Python writes and
 * reads them.
 */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  private Json() {}

  /**
   * Writes a file, as a whole or not at all.
   *
   * @throws IOException where that is impossible, in a sentence that names the file and the cause
   */
  public static void write(Path file, Object value) throws IOException {
    AtomicFile.write(file, content(value));
  }

  /** Returns what is in such a file. */
  static AtomicFile.Content content(Object value) {
    return out -> {
      JsonGenerator json = FACTORY.createGenerator(out);
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      write(json, value);
      json.writeRaw('\n');
      json.flush();
    };
  }

  /**
   * Reads a file: objects as maps in their order, arrays as lists, numbers as doubles, and strings,
   * booleans and null.
   *
   * @throws IOException where the file cannot be read, in a sentence that names it
   * @throws IllegalArgumentException where it is no JSON, in a sentence that says where
   */
  public static Object read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("'" + file + "' is a folder; name a file inside it");
    }
    if (!Files.exists(file)) {
      throw new IOException("there is no file '" + file + "'; check its name");
    }
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = FACTORY.createParser(in)) {
      json.nextToken();
      Object value = value(json);
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("'" + file + "' goes on after the end of its JSON");
      }
      return value;
    } catch (JsonProcessingException e) {
      if (e.getOriginalMessage().startsWith("Unexpected end-of-input")) {
        throw new IllegalArgumentException("'" + file + "' is no JSON: it ends too early", e);
      }
      throw new IllegalArgumentException(
          "'"
              + file
              + "' is no JSON at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + ": "
              + e.getOriginalMessage(),
          e);
    }
  }

  private static Object value(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> map = new LinkedHashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String key = json.currentName();
        json.nextToken();
        map.put(key, value(json));
      }
      return map;
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(json));
      }
      return list;
    }
    if (token == null || token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token.isNumeric()) {
      return json.getDoubleValue();
    }
    return token.isBoolean() ? json.getBooleanValue() : (Object) json.getText();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(entry.getKey().toString());
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Tensor tensor) {
      write(json, tensor, 0, 0);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else {
      json.writeString(value.toString());
    }
  }

  /** Writes the part of a tensor from a position along an axis and those after it. */
  private static void write(JsonGenerator json, Tensor tensor, int axis, int position)
      throws IOException {
    if (axis == tensor.shape().rank()) {
      json.writeNumber(tensor.at(position));
      return;
    }
    json.writeStartArray();
    int stride = tensor.shape().strides()[axis];
    for (int i = 0; i < tensor.shape().size(axis); i++) {
      write(json, tensor, axis + 1, position + i * stride);
    }
    json.writeEndArray();
  }
}
