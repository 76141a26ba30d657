package dev.rnn4j.onnx;

import java.io.IOException;

/** A file that is no ONNX model, or one that cannot be expressed: one sentence with the cure. */
public final class OnnxException extends IOException {
  private static final long serialVersionUID = 1L;

  OnnxException(String message, Throwable cause) {
    super(message, cause);
  }
}
