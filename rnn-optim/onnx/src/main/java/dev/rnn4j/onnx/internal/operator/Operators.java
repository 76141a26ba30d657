package dev.rnn4j.onnx.internal.operator;

import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.Map;

/** The operators that are known, by name. */
public final class Operators {
  private static final ImmutableMap<String, Operator> ALL = all();

  private Operators() {}

  private static ImmutableMap<String, Operator> all() {
    Map<String, Operator> all = new HashMap<>();
    Elementwise.addTo(all);
    Curves.addTo(all);
    Shapes.addTo(all);
    Indexing.addTo(all);
    Reductions.addTo(all);
    Products.addTo(all);
    Recurrences.addTo(all);
    Attention.addTo(all);
    Flows.addTo(all);
    Einsum.addTo(all);
    Masks.addTo(all);
    Normalisations.addTo(all);
    Padding.addTo(all);
    Places.addTo(all);
    Bits.addTo(all);
    Sequences.addTo(all);
    Windows.addTo(all);
    return ImmutableMap.copyOf(all);
  }

  /** Returns whether there is an operator of a name. */
  public static boolean has(String name) {
    return ALL.containsKey(name);
  }

  static Operator of(String name) {
    return ALL.get(name);
  }
}
