package dev.rnn4j.examples.forecast.choose;

import dev.rnn4j.examples.forecast.prepare.Origins;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.forecast.internal.task.Transform;
import dev.rnn4j.table.Table;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for, and what is left to choose.
 *
 * @param table with its dates read
 * @param task with a window, features and targets to begin with
 * @param origins where the table is cut
 * @param periods the season of each target, if it has one
 * @param windows that may be chosen
 * @param seasons those that reach back a season
 * @param transforms that may be chosen, the simplest first
 * @param remarks what a person should know of the table, a sentence each
 */
public record Wanted(
    Table table,
    Task task,
    Origins origins,
    List<Optional<Integer>> periods,
    List<Integer> windows,
    List<Integer> seasons,
    List<Transform> transforms,
    List<String> remarks) {}
