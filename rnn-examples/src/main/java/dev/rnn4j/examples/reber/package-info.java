/** Strings of the embedded Reber grammar, one by one and as a stream without end. */
package dev.rnn4j.examples.reber;
