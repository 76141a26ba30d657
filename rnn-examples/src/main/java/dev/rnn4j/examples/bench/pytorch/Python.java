package dev.rnn4j.examples.bench.pytorch;

import com.google.common.io.Resources;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A process of Python that runs {@code peer.py}, which tells how requests and answers look. */
final class Python implements AutoCloseable {
  private static final String CURE = "name a Python that has PyTorch, such as python3";

  private final String command;
  private final Process process;
  private final DataOutputStream out;
  private final DataInputStream in;

  /** Writes a request. */
  interface Request {
    void write(DataOutputStream out) throws IOException;
  }

  /** Reads an answer. */
  interface Answer<T> {
    T read(DataInputStream in) throws IOException;
  }

  Python(String command) {
    this.command = command;
    try {
      String script =
          Resources.toString(
              Resources.getResource(Python.class, "peer.py"), StandardCharsets.UTF_8);
      process =
          new ProcessBuilder(command, "-c", script)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new IllegalStateException("'" + command + "' does not start; " + CURE, e);
    }
    out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /** Sends a request whose answer says that all is well, and nothing else. */
  void tell(char what, Request request) {
    ask(what, request, none -> null);
  }

  /**
   * Sends a request, and returns its answer.
   *
   * @throws IllegalStateException with what went wrong there
   */
  <T> T ask(char what, Request request, Answer<T> answer) {
    try {
      send(what, request);
      int state = in.read();
      if (state == 0) {
        return answer.read(in);
      }
      throw new IllegalStateException(
          "'" + command + "' " + (state < 0 ? "ended; " + CURE : "says: " + in.readUTF()));
    } catch (IOException e) {
      throw new IllegalStateException("'" + command + "' answers no more", e);
    }
  }

  /** Where nobody listens any more, there is a last word to read. */
  private void send(char what, Request request) {
    try {
      out.writeByte(what);
      request.write(out);
      out.flush();
    } catch (IOException e) {
      // Whoever reads the answer finds out.
    }
  }

  static void write(DataOutputStream out, Tensor tensor) throws IOException {
    int[] sizes = tensor.shape().toArray();
    out.writeInt(sizes.length);
    for (int size : sizes) {
      out.writeInt(size);
    }
    float[] numbers = tensor.toFloats();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * numbers.length);
    bytes.asFloatBuffer().put(numbers);
    out.writeInt(bytes.capacity());
    out.write(bytes.array());
  }

  static Tensor read(DataInputStream in) throws IOException {
    int[] sizes = new int[in.readInt()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = in.readInt();
    }
    float[] numbers = new float[Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
    ByteBuffer.wrap(in.readNBytes(in.readInt())).asFloatBuffer().get(numbers);
    return Tensor.of(Shape.of(sizes), numbers);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
