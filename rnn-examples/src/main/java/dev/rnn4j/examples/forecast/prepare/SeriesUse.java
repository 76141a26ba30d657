package dev.rnn4j.examples.forecast.prepare;

import com.google.common.collect.ImmutableSet;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.window.Windows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which series of a table are of no use, to learn from or to judge by, as people read it. */
public final class SeriesUse {
  /** Of more series, the others are counted. */
  private static final int NAMED = 3;

  private SeriesUse() {}

  /** Returns a sentence for each reason that there is. */
  public static List<String> remarks(Part part) {
    Task task = part.task();
    if (task.series().isEmpty()) {
      return List.of();
    }
    List<String> all = part.table().text(task.series().get()).stream().distinct().toList();
    Set<String> cut = names(part, part.all());
    Set<String> learnt = new HashSet<>(names(part, part.train()));
    task.targets().forEach(target -> learnt.addAll(part.scaling().unvarying(target).keySet()));
    Set<String> unseen = names(part, part.test());
    List<String> sentences = new ArrayList<>();
    add(
        sentences,
        "nothing is learnt from ",
        all.stream().filter(name -> !cut.contains(name)).toList(),
        ", nor judged by: a window and what it forecasts take "
            + (task.window() + task.horizon())
            + " rows without a gap or a missing value");
    add(
        sentences,
        "nothing is learnt from ",
        all.stream().filter(name -> cut.contains(name) && !learnt.contains(name)).toList(),
        ": what there is to forecast lies in the unseen rows");
    add(
        sentences,
        "nothing is judged by ",
        all.stream().filter(name -> learnt.contains(name) && !unseen.contains(name)).toList(),
        ": there is nothing to forecast in the unseen rows");
    return sentences;
  }

  private static Set<String> names(Part part, Windows windows) {
    return ImmutableSet.copyOf(part.series(windows));
  }

  private static void add(List<String> sentences, String begin, List<String> names, String end) {
    if (!names.isEmpty()) {
      int others = Math.max(0, names.size() - NAMED);
      sentences.add(
          begin
              + names.stream()
                  .limit(NAMED)
                  .map(name -> "'" + name + "'")
                  .collect(Collectors.joining(", "))
              + (others == 0 ? "" : " and " + others + " other series")
              + end);
    }
  }
}
