/**
 * Numbers of another library, held against this one: {@code reference FILE...} reads cases, each
 * with inputs, settings and what they lead to, and runs them through the public API. What is
 * expected comes from the file and nowhere else.
 */
package dev.rnn4j.examples.reference;
