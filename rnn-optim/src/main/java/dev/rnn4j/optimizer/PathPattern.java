package dev.rnn4j.optimizer;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.List;

/**
 * A pattern for paths of parameters: the path of a parameter, or of a module for all parameters in
 * it. {@code *} stands for any one component of a path, {@code **} for any number of them.
 *
 * <table>
 * <caption>Examples</caption>
 * <tr><td>{@code encoder}</td><td>all parameters of the encoder</td></tr>
 * <tr><td>{@code layers.*.cell}</td><td>those of the cell of each layer</td></tr>
 * <tr><td>{@code **.bias}</td><td>every parameter named bias; {@code biasHh} is another name</td></tr>
 * </table>
 *
 * <p>Where several patterns fit, the longest counts: the one with the most names, then the one with
 * the most {@code *}; of equally long ones, the one given last.
 */
public final class PathPattern {
  private static final Comparator<PathPattern> BY_LENGTH =
      Comparator.<PathPattern>comparingInt(pattern -> pattern.names)
          .thenComparingInt(pattern -> pattern.stars);

  private final String text;
  private final List<String> parts;
  private final int names;
  private final int stars;

  private PathPattern(String text) {
    this.text = checkNotNull(text, "a pattern of paths is null");
    this.parts = ImmutableList.copyOf(Splitter.on('.').split(text));
    this.stars = (int) parts.stream().filter("*"::equals).count();
    this.names = (int) parts.stream().filter(part -> !part.contains("*")).count();
    for (String part : parts) {
      checkArgument(
          !part.isEmpty() && (!part.contains("*") || part.equals("*") || part.equals("**")),
          "'%s' is no pattern of paths: between dots stands a name, * for any one, or ** for any"
              + " number of them",
          text);
    }
  }

  /**
   * Returns a pattern.
   *
   * @throws IllegalArgumentException where a part between dots is empty, or has a star beside
   *     letters
   */
  public static PathPattern of(String text) {
    return new PathPattern(text);
  }

  /** Returns whether a path fits, or a module that it lies in. */
  public boolean fits(String path) {
    return fits(0, path.split("\\.", -1), 0);
  }

  private boolean fits(int part, String[] path, int at) {
    if (part == parts.size()) {
      return true;
    }
    String wanted = parts.get(part);
    if (wanted.equals("**")) {
      for (int from = at; from <= path.length; from++) {
        if (fits(part + 1, path, from)) {
          return true;
        }
      }
      return false;
    }
    return at < path.length
        && (wanted.equals("*") || wanted.equals(path[at]))
        && fits(part + 1, path, at + 1);
  }

  /** Returns whether this pattern is at least as long as another one. */
  boolean isAsLongAs(PathPattern other) {
    return BY_LENGTH.compare(this, other) >= 0;
  }

  /** Returns whether another pattern has the same text. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PathPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
