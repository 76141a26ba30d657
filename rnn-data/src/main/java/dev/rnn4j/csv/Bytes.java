package dev.rnn4j.csv;

import dev.rnn4j.table.DataException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** From the bytes of a file to its text. */
final class Bytes {
  /** What decoding writes for bytes that it cannot decode, and what no text contains. */
  static final char UNDECODABLE = '\uFFFF';

  private static final int BUFFER = 1 << 16;

  /** A way to begin reading. */
  interface Source {
    InputStream open() throws IOException;
  }

  /** The bytes with which a text in an encoding begins; of UTF-32 before UTF-16. */
  private enum Mark {
    UTF_8("UTF-8", 0xEF, 0xBB, 0xBF),
    UTF_32LE("UTF-32LE", 0xFF, 0xFE, 0, 0),
    UTF_32BE("UTF-32BE", 0, 0, 0xFE, 0xFF),
    UTF_16LE("UTF-16LE", 0xFF, 0xFE),
    UTF_16BE("UTF-16BE", 0xFE, 0xFF);

    static final int LONGEST = 4;

    private final String charset;
    private final byte[] bytes;

    Mark(String charset, int... bytes) {
      this.charset = charset;
      this.bytes = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        this.bytes[i] = (byte) bytes[i];
      }
    }

    boolean begins(byte[] head) {
      return head.length >= bytes.length && Arrays.equals(Arrays.copyOf(head, bytes.length), bytes);
    }
  }

  private Bytes() {}

  /** Opens a file, and unpacks it where its name ends in {@code .gz}. */
  static InputStream open(Path file) throws IOException {
    if (Files.notExists(file)) {
      throw new DataException(
          "there is no file "
              + file
              + " (looked for "
              + file.toAbsolutePath()
              + "); check the path");
    }
    if (Files.isDirectory(file)) {
      throw new DataException(file + " is a directory; name a CSV file in it");
    }
    InputStream bytes = Files.newInputStream(file);
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".gz")) {
      return bytes;
    }
    try {
      return new GZIPInputStream(bytes, BUFFER);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /**
   * Returns the text of a stream: in the encoding of its byte order mark, or in the one given.
   * Where bytes are no text, it has {@link #UNDECODABLE}.
   *
   * @throws DataException where the bytes are an archive
   */
  static Reader text(String name, InputStream stream, Charset given) throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(stream, BUFFER);
    bytes.mark(Mark.LONGEST);
    byte[] head = bytes.readNBytes(Mark.LONGEST);
    bytes.reset();
    requireNoArchive(name, head);
    Charset charset = given;
    for (Mark mark : Mark.values()) {
      if (mark.begins(head)) {
        charset = Charset.forName(mark.charset);
        bytes.skipNBytes(mark.bytes.length);
        break;
      }
    }
    return new InputStreamReader(
        bytes,
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE)
            .replaceWith(String.valueOf(UNDECODABLE)));
  }

  private static void requireNoArchive(String name, byte[] head) {
    String begins = new String(head, StandardCharsets.ISO_8859_1);
    if (begins.startsWith("\u001f\u008b")) {
      throw new DataException(name + " is packed with gzip; give it a name that ends in .gz");
    }
    if (begins.startsWith("PK\u0003\u0004")) {
      throw new DataException(
          name + " is a workbook or a zip archive; save the table as CSV, or unpack it");
    }
  }
}
