/** The graph, its gradients, cells unrolled over time, and compiled plans. */
module dev.rnn4j.autograd {
  requires com.google.common;
  requires java.management;
  requires jdk.management;
  requires transitive dev.rnn4j.core;

  exports dev.rnn4j.cell;
  exports dev.rnn4j.contract;
  exports dev.rnn4j.grad;
  exports dev.rnn4j.graph;
  exports dev.rnn4j.graph.op;
  exports dev.rnn4j.layer;
  exports dev.rnn4j.loss;
  exports dev.rnn4j.part;
  exports dev.rnn4j.pass;
  exports dev.rnn4j.plan;
  exports dev.rnn4j.torch;
}
