package dev.rnn4j.split;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The places of examples that have something in common, in the order in which it is met. */
final class Groups {
  private Groups() {}

  static Map<Object, List<Integer>> of(List<?> names) {
    Map<Object, List<Integer>> groups = new LinkedHashMap<>();
    for (int place = 0; place < names.size(); place++) {
      groups.computeIfAbsent(names.get(place), absent -> new ArrayList<>()).add(place);
    }
    return groups;
  }
}
