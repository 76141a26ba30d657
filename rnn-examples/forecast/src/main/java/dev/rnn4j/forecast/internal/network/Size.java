package dev.rnn4j.forecast.internal.network;

import dev.rnn4j.forecast.internal.task.Task;

/**
 * The sizes of a network.
 *
 * @param cell what reads the window
 * @param members how many networks: M
 * @param hidden how many units each of them has
 * @param window how many rows are read: T
 * @param inputs how many numbers of each: I
 * @param outputs how many numbers are forecast: O
 */
public record Size(CellKind cell, int members, int hidden, int window, int inputs, int outputs) {
  public static Size of(Task task, CellKind cell, int members, int hidden) {
    return new Size(cell, members, hidden, task.window(), task.inputs().size(), task.outputs());
  }
}
