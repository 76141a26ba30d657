package dev.rnn4j.io;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named tensors on disk in the safetensors format, which other frameworks read and write too: the
 * length of a header as 8 bytes, the header in JSON, then the numbers, all little-endian. The types
 * are F32 and F64; numbers keep every bit.
 */
public final class Safetensors {
  /**
   * The longest header, in bytes, with room for a hundred thousand tensors. The format's own limit
   * is ten times as much, for which a damaged file of 100 MB could ask for gigabytes.
   */
  static final int HEADER_LIMIT = 10_000_000;

  private static final String NO_PATH = "a safetensors file was given null as its path";

  private Safetensors() {}

  /**
   * Writes tensors in the order of the map, as {@link AtomicFile} does: whatever happens, the file
   * is there as a whole, or as it was before.
   *
   * @param metadata texts to keep beside the tensors; may be empty
   * @throws SafetensorsException where the file cannot be written
   * @throws IllegalArgumentException for a tensor with the name {@code __metadata__}, which the
   *     format keeps for itself, or a text that is not Unicode
   */
  public static void save(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws SafetensorsException {
    checkNotNull(file, NO_PATH);
    try {
      AtomicFile.write(file, content(tensors, metadata));
    } catch (IOException e) {
      throw new SafetensorsException(e.getMessage(), e);
    }
  }

  /**
   * Returns what {@link #save} writes, for a file that belongs to {@link AtomicFiles}, or a stream.
   *
   * @throws IllegalArgumentException as {@link #save} does
   */
  public static AtomicFile.Content content(
      Map<String, Tensor> tensors, Map<String, String> metadata) {
    NamedTensors named = new NamedTensors(tensors, metadata);
    SafetensorsHeader header = SafetensorsHeader.of(named);
    byte[] json = header.toJson();
    checkArgument(
        json.length <= HEADER_LIMIT,
        "names and metadata take %s bytes, and at most %s are read again; shorten the metadata",
        json.length,
        HEADER_LIMIT);
    return out -> {
      out.write(littleEndian(new byte[Long.BYTES]).putLong(json.length).array());
      out.write(json);
      for (SafetensorsHeader.Entry entry : header.inOrderOfData()) {
        TensorData.write(named.get(entry.name()), out);
      }
    };
  }

  /**
   * Reads a file, and checks all of it: of a file that breaks the format, nothing is returned.
   *
   * @throws SafetensorsException where there is no such file, or it is damaged, or holds a tensor
   *     of another type than F32 and F64
   */
  public static NamedTensors load(Path file) throws SafetensorsException {
    checkNotNull(file, NO_PATH);
    requireFile(file);
    try (InputStream in = Files.newInputStream(file)) {
      return read(file, Files.size(file), in);
    } catch (SafetensorsException e) {
      throw e;
    } catch (IOException e) {
      throw new SafetensorsException(
          "'" + file + "' cannot be read (" + e.getMessage() + "); check its permissions", e);
    }
  }

  private static void requireFile(Path file) throws SafetensorsException {
    if (!Files.exists(file)) {
      throw new SafetensorsException(file, "does not exist; check the name");
    }
    if (Files.isDirectory(file)) {
      throw new SafetensorsException(file, "is a folder; name a file inside it");
    }
    if (!Files.isRegularFile(file)) {
      throw new SafetensorsException(file, "is not an ordinary file; copy it to one first");
    }
  }

  private static NamedTensors read(Path file, long size, InputStream in) throws IOException {
    int length = headerLength(file, size, in);
    SafetensorsHeader header = HeaderParser.parse(file, text(file, in.readNBytes(length)));
    header.requireFilled(file, size - Long.BYTES - length);
    Map<String, Tensor> tensors = new HashMap<>();
    for (SafetensorsHeader.Entry entry : header.inOrderOfData()) {
      tensors.put(entry.name(), TensorData.read(file, entry, in));
    }
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    header.entries().forEach(entry -> ordered.put(entry.name(), tensors.get(entry.name())));
    return new NamedTensors(ordered, header.metadata());
  }

  private static int headerLength(Path file, long size, InputStream in) throws IOException {
    byte[] first = in.readNBytes(Long.BYTES);
    if (first.length < Long.BYTES) {
      String found = first.length == 0 ? "is empty" : "ends after " + first.length + " bytes";
      throw SafetensorsException.damaged(file, found);
    }
    long length = littleEndian(first).getLong();
    if (length < 0 || length > HEADER_LIMIT) {
      requireHeader(file, in.readNBytes(1)); // where none begins, the length is none
      throw new SafetensorsException(
          file,
          "is not a safetensors file that can be read: its header would be "
              + Long.toUnsignedString(length)
              + " bytes long, and at most "
              + HEADER_LIMIT
              + " are read; name another file");
    }
    if (length > size - Long.BYTES) {
      throw SafetensorsException.damaged(
          file,
          "ends within its header, which should be "
              + length
              + " bytes long and has "
              + (size - Long.BYTES));
    }
    return (int) length;
  }

  private static String text(Path file, byte[] header) throws SafetensorsException {
    requireHeader(file, header);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
    } catch (CharacterCodingException e) {
      throw SafetensorsException.damaged(file, "has a header that is not UTF-8");
    }
  }

  private static void requireHeader(Path file, byte[] header) throws SafetensorsException {
    if (header.length == 0 || header[0] != '{') {
      throw new SafetensorsException(
          file, "is not a safetensors file: no header begins at byte 8; name another file");
    }
  }

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
