/**
 * The loops over numbers: one interface for each precision, scalar code that defines the bits, and
 * the choice between it and {@code kernel.vector}. Sources are written for float; their double
 * twins are derived in the build.
 */
package dev.rnn4j.kernel;
