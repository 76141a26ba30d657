/** Ops of ONNX that cannot be composed of the library's. */
package dev.rnn4j.onnx.internal.op;
