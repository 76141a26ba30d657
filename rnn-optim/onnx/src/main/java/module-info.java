/** Models from ONNX files. */
module dev.rnn4j.onnx {
  requires com.google.common;
  requires com.google.protobuf;
  requires org.tribuo.util.onnx;
  requires transitive dev.rnn4j.optim;

  exports dev.rnn4j.onnx;

  // The model is a record that is read for its parameters.
  opens dev.rnn4j.onnx to
      dev.rnn4j.autograd;
  opens dev.rnn4j.onnx.internal.recurrent to
      dev.rnn4j.autograd;
}
