/** What an ONNX file says, in classes of this library: nothing behind it knows protobuf. */
package dev.rnn4j.onnx.internal.file;
