/** The cells of ONNX's recurrent operators, whose weights are parts of larger tensors. */
package dev.rnn4j.onnx.internal.recurrent;
