/** Cells beside each other, on tasks that tell them apart. */
package dev.rnn4j.examples.compared;
