/**
 * Models from ONNX files, as PyTorch's exporters write them: graphs that are compiled, asked and
 * trained as those are that are written here. {@link dev.rnn4j.onnx.OnnxModel} is where to begin.
 */
package dev.rnn4j.onnx;
