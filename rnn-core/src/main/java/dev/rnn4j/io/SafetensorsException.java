package dev.rnn4j.io;

import java.io.IOException;
import java.nio.file.Path;

/** A file of tensors that cannot be read or written: one sentence with the file and the cure. */
public final class SafetensorsException extends IOException {
  private static final long serialVersionUID = 1L;

  SafetensorsException(Path file, String complaint) {
    super("'" + file + "' " + complaint);
  }

  SafetensorsException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns the exception for a file whose bytes are not those that were saved. */
  static SafetensorsException damaged(Path file, String complaint) {
    return new SafetensorsException(file, complaint + "; copy or save it again");
  }
}
