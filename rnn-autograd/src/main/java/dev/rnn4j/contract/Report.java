package dev.rnn4j.contract;

import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a cell keeps of what it promises.
 *
 * @param cell the name of its class
 * @param setting inputs, seed and promises as {@link CellContract} takes them, to see it again
 * @param broken the promises that are broken, each with where it shows
 * @param untried those that could not be tried here, each with the reason
 */
public record Report(
    String cell, String setting, Map<Promise, String> broken, Map<Promise, String> untried) {
  /** Copies both maps. */
  public Report {
    broken = ImmutableMap.copyOf(broken);
    untried = ImmutableMap.copyOf(untried);
  }

  /** Returns whether no promise is broken. */
  public boolean isKept() {
    return broken.isEmpty();
  }

  /**
   * Returns a line that says whether all is kept and what was not tried, and for each promise that
   * is broken what it says, where it shows, and how to see it. Where several show in the same way,
   * as where a cell always throws, that is said once.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(cell);
    text.append(isKept() ? " keeps its contract" : " breaks its contract");
    if (isKept() && !untried.isEmpty()) {
      text.append(", but for what was not tried: ").append(listed(untried.keySet()));
    }
    Map<String, Promise> said = new HashMap<>();
    broken.forEach(
        (promise, where) -> {
          Promise before = said.putIfAbsent(where, promise);
          text.append("\n  ").append(promise).append(": ");
          text.append(before == null ? explained(promise, where) : "shows as " + before + " does");
        });
    untried.forEach(
        (promise, why) ->
            text.append("\n  ").append(promise).append(" was not tried: ").append(why));
    return text.toString();
  }

  private static String listed(Set<Promise> promises) {
    return promises.stream().map(Promise::name).collect(Collectors.joining(", "));
  }

  private String explained(Promise promise, String where) {
    return promise.title()
        + "\n    where   "
        + where
        + "\n    to see  "
        + promise.look()
        + "\n    again   CellContract.of(cell)"
        + setting
        + ".promises(Promise."
        + promise.name()
        + ").verify()";
  }
}
