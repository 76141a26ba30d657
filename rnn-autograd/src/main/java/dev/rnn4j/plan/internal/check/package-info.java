/**
 * Whether a program is sound. It is run on residues, integers that stand for its values: what is
 * read must have been written, lie within its array, have the shape that the instruction takes, and
 * stay what it was through every pass. That needs no graph: knows the language of programs only.
 */
package dev.rnn4j.plan.internal.check;
