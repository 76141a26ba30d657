package dev.rnn4j.train;

/**
 * What one update found.
 *
 * @param epoch the number of the epoch, from 1
 * @param update the number of the update in all epochs, from 0; where the step was trained before,
 *     it counts on from there, as the schedule does
 * @param loss the loss on the batch before the update
 * @param gradientNorm the norm over all gradients, before clipping
 * @param rate the learning rate, of parameters that have none of their own
 */
public record UpdateResult(int epoch, long update, double loss, double gradientNorm, double rate) {}
