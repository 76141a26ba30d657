/**
 * The language that the compiler writes: instructions on places in buffers, without a precision.
 * Knows neither who writes programs nor who runs them.
 */
package dev.rnn4j.plan.internal.program;
