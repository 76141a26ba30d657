/**
 * From lines to instructions: in which order and how lines run, where their values lie, and what is
 * written down for each. Knows lines and the language of programs.
 */
package dev.rnn4j.plan.internal.lowering;
