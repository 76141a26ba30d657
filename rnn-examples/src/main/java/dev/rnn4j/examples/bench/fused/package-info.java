/**
 * Training steps written by hand for one cell each, as fast as its author knew how: what plans are
 * measured by. They need the Vector API's module.
 */
package dev.rnn4j.examples.bench.fused;
