/**
 * Training: forward, backward and update as one plan, and the loop around it; models on disk, and
 * asked for predictions.
 *
 * <p>A way through it, from the outside to the inside:
 *
 * <ul>
 *   <li>The loop: {@code Trainer} is what it is told, {@code TrainingRun} one run of it, with the
 *       epoch under way ({@code EpochUnderWay}), what is found ({@code Findings}, {@code History}),
 *       judged ({@code Validation}, {@code Best}), and gone back to ({@code LastGood}). {@code
 *       Updating} makes the updates of an epoch: of whole batches, or of windows ({@code
 *       TruncatedBatches}).
 *   <li>What is kept: {@code SavedTraining}, {@code Parts}, {@code DataPosition}, {@code
 *       StepCheckpoint}; files are those of {@code dev.rnn4j.checkpoint}.
 *   <li>A step: {@code TrainingStep}, {@code Engine} behind it, {@code Updates}, {@code States}
 *       that are carried, {@code GradientSlots}, {@code UpdateLosses}.
 *   <li>Its graph, from the user's words: {@code Objective}, {@code Feed}, {@code Outcome}, {@code
 *       Terms}, {@code BatchGraph}, {@code Gradient}.
 *   <li>Its plans: {@code StepPlans} finds one for each form of batch, {@code BatchPlan} at once,
 *       or {@code SegmentPlan} in segments, of which {@code SegmentForm} finds out whether a model
 *       can be cut, {@code SegmentPlans} compiles the parts, and a {@code SegmentPassage} says the
 *       order; {@code MemoryPlanner}, {@code PlanBudget} and {@code PlanCache} keep to memory.
 *   <li>Predictions: {@code Predictor}, {@code Streaming}, {@code ModelFile}.
 *   <li>Looking in: {@code ModelSummary}, {@code OneBatch}, {@code RateRange}, {@code Diagnosis},
 *       {@code NaNSearch}.
 * </ul>
 */
package dev.rnn4j.train;
