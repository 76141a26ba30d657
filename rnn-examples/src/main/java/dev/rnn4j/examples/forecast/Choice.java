package dev.rnn4j.examples.forecast;

import dev.rnn4j.table.Table;
import java.util.List;

/**
 * What is forecast from a table.
 *
 * @param table with its dates read
 * @param remarks what a person should know of the table, a sentence each
 */
record Choice(Table table, Task task, List<String> remarks) {}
