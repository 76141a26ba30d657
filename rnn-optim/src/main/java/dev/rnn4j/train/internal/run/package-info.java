/**
 * What a run of a trainer knows without its step: its {@code Limits}, whether somebody stopped it,
 * how long it has taken, where in the data it is and how it comes back there ({@code
 * DataPosition}), the best parameters so far, whether it diverges. Each part that a checkpoint
 * holds gives and takes its own state.
 */
package dev.rnn4j.train.internal.run;
