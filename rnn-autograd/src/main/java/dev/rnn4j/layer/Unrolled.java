package dev.rnn4j.layer;

import dev.rnn4j.pass.Signal;

/**
 * What a cell made of a sequence.
 *
 * @param outputs the output at each position of the sequence, {@code [T, N, H]}, masked as the
 *     sequence is
 * @param last each sequence's output at the last step that was read and counts, {@code [N, H]};
 *     zeros where none does
 * @param state the state after all steps; one that does not count leaves it as it was
 * @param <S> the cell's state
 */
public record Unrolled<S>(Signal outputs, Signal last, S state) {}
