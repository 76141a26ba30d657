/**
 * Seeded random numbers that are the same everywhere: {@link dev.rnn4j.random.Philox} for what the
 * framework draws, {@link dev.rnn4j.random.NumpyRandom} to repeat what a NumPy notebook drew.
 */
package dev.rnn4j.random;
