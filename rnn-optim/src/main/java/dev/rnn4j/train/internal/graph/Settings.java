package dev.rnn4j.train.internal.graph;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.train.internal.graph.Assignment.Trained;
import dev.rnn4j.train.internal.memory.Budget;
import java.util.Map;
import java.util.Set;

/**
 * What a training step is to do.
 *
 * @param parameters those of the model by path
 * @param known those that a graph may reach
 * @param rate the learning rate of parameters that have none of their own
 * @param carries whether states are carried from batch to batch
 * @param memoryBudget the bytes that a run may compute with, or 0 for no limit
 * @param segmentSteps the steps of a segment, or 0 where that follows from the budget
 */
public record Settings(
    Object model,
    LossGraph objective,
    Map<String, Parameter> parameters,
    Set<Parameter> known,
    ImmutableList<Trained> trained,
    double rate,
    Clip clip,
    Schedule schedule,
    Weights weights,
    int threads,
    long seed,
    boolean carries,
    Budget budget,
    long memoryBudget,
    int segmentSteps) {}
