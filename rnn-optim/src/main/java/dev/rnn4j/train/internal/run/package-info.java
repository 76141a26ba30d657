/**
 * A run of a trainer: its {@code Limits}, whether somebody stopped it, how long it has taken, where
 * in the data it is and how it comes back there ({@code DataPosition}); {@code Updating} makes the
 * updates of an epoch, of whole batches or of windows ({@code TruncatedBatches}), {@code
 * Validation} judges it, {@code Best} and {@code LastGood} are what it goes back to. Each part that
 * a checkpoint holds gives and takes its own state. Knows steps, and nobody who listens.
 */
package dev.rnn4j.train.internal.run;
