package dev.rnn4j.io;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a header from JSON, and takes nothing for granted. */
final class HeaderParser {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(Safetensors.HEADER_LIMIT)
                  .maxStringLength(Safetensors.HEADER_LIMIT)
                  .build())
          .build();

  /** More axes than any tensor has. */
  private static final int MOST_NUMBERS = 64;

  private final Path file;
  private final JsonParser json;

  private HeaderParser(Path file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  static SafetensorsHeader parse(Path file, String text) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      return new HeaderParser(file, json).header();
    } catch (JacksonException e) {
      String reason = e.getOriginalMessage().lines().findFirst().orElse("");
      throw SafetensorsException.damaged(file, "has a header that is not JSON (" + reason + ")");
    }
  }

  /** What to do with the value of a field; it is the parser's next token. */
  private interface Field {
    void read(String name) throws IOException;
  }

  private SafetensorsHeader header() throws IOException {
    List<SafetensorsHeader.Entry> entries = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    object(
        "the header",
        name -> {
          if (name.equals(SafetensorsHeader.METADATA)) {
            object(name, key -> metadata.put(key, string("the metadata '" + key + "'")));
          } else {
            entries.add(entry(name));
          }
        });
    require(json.nextToken() == null, "there is something after its end");
    return new SafetensorsHeader(entries, metadata);
  }

  private SafetensorsHeader.Entry entry(String name) throws IOException {
    String tensor = "the tensor '" + name + "'";
    String[] type = {null};
    List<Long> sizes = new ArrayList<>();
    List<Long> offsets = new ArrayList<>();
    Set<String> fields =
        object(
            tensor,
            field -> {
              switch (field) {
                case SafetensorsHeader.TYPE -> type[0] = string("the dtype of " + tensor);
                case SafetensorsHeader.SHAPE -> numbers("the shape of " + tensor, sizes);
                case SafetensorsHeader.OFFSETS -> numbers("the data_offsets of " + tensor, offsets);
                default -> throw wrong(tensor + " has an unknown field '" + field + "'");
              }
            });
    require(fields.size() == 3, tensor + " has only the fields " + fields);
    require(
        offsets.size() == 2,
        "the data_offsets of " + tensor + " should be two numbers, not " + offsets);
    return checked(
        new SafetensorsHeader.Entry(
            name,
            precision(tensor, type[0]),
            shape(tensor, sizes),
            offsets.get(0),
            offsets.get(1)));
  }

  private Precision precision(String tensor, String type) throws SafetensorsException {
    return switch (type) {
      case "F32" -> Precision.FLOAT32;
      case "F64" -> Precision.FLOAT64;
      default ->
          throw new SafetensorsException(
              file,
              "holds "
                  + tensor
                  + " as "
                  + type
                  + ", and only F32 and F64 can be read; convert it before saving");
    };
  }

  private Shape shape(String tensor, List<Long> sizes) throws SafetensorsException {
    try {
      return Shape.of(sizes.stream().mapToInt(Math::toIntExact).toArray());
    } catch (ShapeException | ArithmeticException e) {
      throw new SafetensorsException(
          file,
          "has the shape "
              + sizes
              + " of "
              + tensor
              + ", and sizes and elements from 0 to 2147483647 can be read; split it before saving");
    }
  }

  private SafetensorsHeader.Entry checked(SafetensorsHeader.Entry entry)
      throws SafetensorsException {
    long bytes = SafetensorsHeader.Entry.bytes(entry.shape(), entry.precision());
    if (entry.begin() < 0 || entry.end() < entry.begin() || entry.end() - entry.begin() != bytes) {
      throw SafetensorsException.damaged(
          file,
          "has the tensor '"
              + entry.name()
              + "' from byte "
              + entry.begin()
              + " to "
              + entry.end()
              + ", and its shape "
              + entry.shape()
              + " of "
              + entry.precision()
              + " takes "
              + bytes
              + " bytes");
    }
    return entry;
  }

  private Set<String> object(String what, Field field) throws IOException {
    require(json.nextToken() == JsonToken.START_OBJECT, what + " should be an object {...}");
    Set<String> names = new HashSet<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      require(names.add(name), what + " has '" + name + "' twice");
      field.read(name);
    }
    return names;
  }

  private String string(String what) throws IOException {
    require(json.nextToken() == JsonToken.VALUE_STRING, what + " should be a text");
    return json.getText();
  }

  private void numbers(String what, List<Long> into) throws IOException {
    String wanted = what + " should be a list of whole numbers";
    require(json.nextToken() == JsonToken.START_ARRAY, wanted);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, wanted);
      require(into.size() < MOST_NUMBERS, what + " has more than " + MOST_NUMBERS + " numbers");
      into.add(json.getLongValue());
    }
  }

  private void require(boolean condition, String otherwise) throws SafetensorsException {
    if (!condition) {
      throw wrong(otherwise);
    }
  }

  private SafetensorsException wrong(String complaint) {
    return SafetensorsException.damaged(file, "has a wrong header: " + complaint);
  }
}
