/**
 * Training: forward, backward and update as one plan, and the loop around it; models on disk, and
 * asked for predictions.
 *
 * <p>A way through it, from the outside to the inside:
 *
 * <ul>
 *   <li>The loop: {@code Trainer} is what it is told, {@code TrainingRun} one run of it, with the
 *       epoch under way ({@code EpochUnderWay}) and what is found ({@code Findings}, {@code
 *       History}).
 *   <li>What is kept: {@code SavedTraining}; files are those of {@code dev.rnn4j.checkpoint}.
 *   <li>A step, in the user's words: {@code TrainingStep}, {@code Objective}, {@code Feed}, {@code
 *       Outcome}. What it does is in the rooms.
 *   <li>Predictions: {@code Predictor}, {@code Streaming}, {@code ModelFile}.
 *   <li>Looking in: {@code ModelSummary}, {@code OneBatch}, {@code RateRange}, {@code Diagnosis}.
 * </ul>
 *
 * <p>The rooms of {@code dev.rnn4j.train.internal} know nothing of this package, and are no API:
 * {@code graph} turns an objective into a graph, {@code plan} the graph of a batch into a plan,
 * {@code segment} that of a long sequence into plans of its segments, {@code step} runs them;
 * {@code memory} counts what plans take; {@code run} is what a run of a trainer consists of, and
 * {@code saved} how parts of it are written down.
 */
package dev.rnn4j.train;
