/**
 * One program for all lengths of a sequence: whether a model is the same at a length as at others,
 * and what its program is there. Knows the graph and the language of programs.
 */
package dev.rnn4j.plan.internal.lengths;
