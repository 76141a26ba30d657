/**
 * The language that the compiler writes, without a precision. A {@link
 * dev.rnn4j.plan.internal.program.Program} is a list of {@link
 * dev.rnn4j.plan.internal.program.Instruction}s. Each computes the value at one {@link
 * dev.rnn4j.plan.internal.program.Place} from those at others; a place is part of a {@link
 * dev.rnn4j.plan.internal.program.Buffer}, and in a loop moves with the time step. While buffers
 * have no arrays yet, a program is a {@link dev.rnn4j.plan.internal.program.Draft}. Knows neither
 * who writes programs nor who runs them.
 */
package dev.rnn4j.plan.internal.program;
