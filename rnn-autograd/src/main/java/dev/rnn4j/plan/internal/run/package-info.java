/**
 * Programs at work: arrays and code for each instruction in one precision, weights, and threads.
 * Knows the language of programs, and nothing of how they are written.
 */
package dev.rnn4j.plan.internal.run;
