/**
 * The sources of every Java block in the README and in docs: what stands between {@code // [block}
 * and {@code // block]}. A test holds them equal.
 */
package dev.rnn4j.examples.snippets;
