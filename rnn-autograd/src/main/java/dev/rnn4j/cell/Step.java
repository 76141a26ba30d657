package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;

/**
 * What a cell returns: always both.
 *
 * @param output what the step shows, {@code [N, H]} for most cells
 * @param state what passes to the next step
 * @param <S> the state
 */
public record Step<S>(Node output, S state) {}
