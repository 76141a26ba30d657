/**
 * What each operator of ONNX is in nodes. What depends on no value of an input is computed while
 * the graph is built: the sizes, indices and orders that exporters compute in their graphs.
 */
package dev.rnn4j.onnx.internal.operator;
