package dev.rnn4j.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A number for all parameters, and other numbers where patterns fit.
 *
 * @param name what it is: {@code learning rate}
 * @param base for parameters that no pattern fits
 * @param own by pattern, in the order in which they were given
 */
record ByPath(String name, double base, ImmutableMap<PathPattern, Double> own) {
  static ByPath of(String name, double base) {
    checkArgument(
        base >= 0 && base < Double.POSITIVE_INFINITY,
        "the %s %s is not a finite number from 0 up",
        name,
        base);
    return new ByPath(name, base, ImmutableMap.of());
  }

  ByPath withBase(double newBase) {
    return new ByPath(name, of(name, newBase).base, own);
  }

  ByPath with(String pattern, double value) {
    checkArgument(
        value >= 0 && value < Double.POSITIVE_INFINITY,
        "the %s %s of %s is not a finite number from 0 up",
        name,
        value,
        pattern);
    Map<PathPattern, Double> numbers = new LinkedHashMap<>(own);
    numbers.remove(PathPattern.of(pattern));
    numbers.put(PathPattern.of(pattern), value);
    return new ByPath(name, base, ImmutableMap.copyOf(numbers));
  }

  /** Returns the number for a parameter that stands at some paths, as one without patterns. */
  ByPath at(List<String> paths) {
    Map<PathPattern, Double> found = new LinkedHashMap<>();
    for (String path : paths) {
      PathPattern longest = null;
      for (PathPattern pattern : own.keySet()) {
        if (pattern.fits(path) && (longest == null || pattern.isAsLongAs(longest))) {
          longest = pattern;
        }
      }
      if (longest != null) {
        found.put(longest, own.get(longest));
      }
    }
    checkArgument(
        new LinkedHashSet<>(found.values()).size() <= 1,
        "the parameter at %s is one, and has different %ss: %s",
        paths,
        name,
        found);
    return of(name, found.isEmpty() ? base : found.values().iterator().next());
  }
}
