/**
 * Whether a program is sound. A program is run on residues, numbers that stand for its values: then
 * what is read must have been written, lie within its array, and stay what it was through every
 * pass. Knows the language of programs only.
 */
package dev.rnn4j.plan.internal.check;
