/** Dense numbers: {@link dev.rnn4j.tensor.Tensor}, its shape and its precision. */
package dev.rnn4j.tensor;
