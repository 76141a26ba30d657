/** Layers: cells applied over sequences, and functions with parameters; none remembers anything. */
package dev.rnn4j.layer;
