/** Tensors, kernels, random numbers and initializers. */
@SuppressWarnings("module") // rnn-autograd is compiled after this
module dev.rnn4j.core {
  requires com.fasterxml.jackson.core;
  requires com.google.common;
  requires java.management;
  requires jdk.management;
  requires static jdk.incubator.vector;

  exports dev.rnn4j.init;
  exports dev.rnn4j.io;
  exports dev.rnn4j.kernel to
      dev.rnn4j.autograd,
      dev.rnn4j.optim;
  exports dev.rnn4j.random;
  exports dev.rnn4j.runtime to
      dev.rnn4j.autograd;
  exports dev.rnn4j.tensor;
}
