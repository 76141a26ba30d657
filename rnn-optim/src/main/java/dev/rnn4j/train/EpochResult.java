package dev.rnn4j.train;

/**
 * What one epoch found.
 *
 * @param epoch its number, from 1
 * @param updates the updates in it
 * @param loss the loss over all its batches: the mean over what counts in any of them
 * @param gradientNorm the mean norm over all gradients
 * @param validationLoss the loss on the validation data after it, or NaN without such data
 * @param best whether the training was judged better than ever before: by the loss on the
 *     validation data or the metric that {@link Trainer#judgeByLargest} names, or without such data
 *     by the loss
 */
public record EpochResult(
    int epoch,
    long updates,
    double loss,
    double gradientNorm,
    double validationLoss,
    boolean best) {}
