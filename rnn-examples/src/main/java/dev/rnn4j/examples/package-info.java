/** The command line: one runnable jar with a command for each scenario of the documents. */
package dev.rnn4j.examples;
