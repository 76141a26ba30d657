package dev.rnn4j.cell;

/**
 * Sequences that have begun: the state before the first step, and the step, which holds what was
 * drawn once for all of them.
 *
 * @param state the state to begin with
 * @param step the function of one step
 * @param <S> the state
 */
public record Begun<S>(S state, StepFunction<S> step) {}
