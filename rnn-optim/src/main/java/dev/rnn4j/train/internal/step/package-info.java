/**
 * A training step at work. The {@code Engine} runs the plan for a batch and keeps what it computed;
 * {@code StepPlans} finds the plan for its form, at once or in segments ({@code MemoryPlanner});
 * {@code LossMeans} are means over several batches; {@code StepCheckpoint} is all that the next
 * update depends on. Knows graphs, plans and segments, and no loop around them.
 */
package dev.rnn4j.train.internal.step;
