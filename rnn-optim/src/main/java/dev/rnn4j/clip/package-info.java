/** Clipping: keeping gradients from exploding, as graph. */
package dev.rnn4j.clip;
