/** The command line: one runnable jar with a command for each scenario. */
package dev.rnn4j.examples;
