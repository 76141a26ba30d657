/** Gradients as graph: backpropagation, through time too, and a check against differences. */
package dev.rnn4j.grad;
