/**
 * What happens to instructions that are written: they move, pair up, run together and share memory.
 * Knows the language of programs only, and no graph but for the names of nodes.
 */
package dev.rnn4j.plan.internal.passes;
