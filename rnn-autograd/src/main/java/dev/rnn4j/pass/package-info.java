/** What passes between layers: signals, and the forward pass that is being built. */
package dev.rnn4j.pass;
