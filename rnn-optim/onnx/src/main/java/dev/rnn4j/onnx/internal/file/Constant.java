package dev.rnn4j.onnx.internal.file;

import dev.rnn4j.tensor.Tensor;

/** A tensor of a file. */
public record Constant(Kind kind, Tensor tensor) {}
