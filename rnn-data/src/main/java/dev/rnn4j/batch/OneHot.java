package dev.rnn4j.batch;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Table;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Categories as vectors that are 1 at the category's index and 0 elsewhere.
 *
 * <p>{@code OneHot weather = OneHot.fit(table.text("weather"));}
 */
public final class OneHot {
  private final ImmutableList<String> categories;
  private final ImmutableMap<String, Integer> indices;
  private final boolean blanks;

  private OneHot(Collection<String> categories) {
    this(categories, false);
  }

  private OneHot(Collection<String> categories, boolean blanks) {
    this.blanks = blanks;
    if (categories.isEmpty()) {
      throw new DataException("there are no categories; one-hot vectors need at least one");
    }
    this.categories = ImmutableSet.copyOf(categories).asList();
    ImmutableMap.Builder<String, Integer> positions = ImmutableMap.builder();
    for (int i = 0; i < this.categories.size(); i++) {
      positions.put(this.categories.get(i), i);
    }
    this.indices = positions.buildOrThrow();
  }

  /** Takes the categories in the order given; ones that are given again do not count. */
  public static OneHot of(String... categories) {
    return new OneHot(List.of(categories));
  }

  /** Takes the different labels, in alphabetical order. */
  public static OneHot fit(Collection<String> labels) {
    return new OneHot(labels.stream().sorted().distinct().toList());
  }

  /** Takes so many classes, named 0, 1, and so on. */
  public static OneHot classes(int count) {
    return new OneHot(IntStream.range(0, count).mapToObj(Integer::toString).toList());
  }

  /**
   * Returns these categories, with blank cells allowed: blank is no category, and its vector is 0
   * everywhere.
   */
  public OneHot withBlanks() {
    return new OneHot(categories.stream().filter(one -> !one.isBlank()).toList(), true);
  }

  /** Returns the categories in the order of their indices. */
  public List<String> categories() {
    return categories;
  }

  /** Returns the length of the vectors. */
  public int size() {
    return categories.size();
  }

  /**
   * Returns the index of a category.
   *
   * @throws DataException for none of the categories
   */
  public int index(String category) {
    Integer index = indices.get(category);
    if (index == null) {
      throw new DataException(none(category));
    }
    return index;
  }

  private String none(String category) {
    return "'" + category + "' is none of the categories " + String.join(", ", categories);
  }

  /**
   * Returns the vector of a category.
   *
   * @throws DataException for none of the categories
   */
  public double[] encode(String category) {
    return isAllowedBlank(category) ? new double[size()] : encode(index(category));
  }

  private boolean isAllowedBlank(String cell) {
    return blanks && cell.isBlank();
  }

  /**
   * Returns the vector of the category at an index.
   *
   * @throws DataException for no index of a category
   */
  public double[] encode(int index) {
    if (index < 0 || index >= size()) {
      throw new DataException(
          "there is no class " + index + "; the classes are 0 to " + (size() - 1));
    }
    double[] vector = new double[size()];
    vector[index] = 1;
    return vector;
  }

  /**
   * Returns the vectors of categories, one in each row.
   *
   * @throws DataException for none of the categories
   */
  public double[][] encode(List<String> labels) {
    return labels.stream().map(this::encode).toArray(double[][]::new);
  }

  /**
   * Returns the vectors of indices, one in each row.
   *
   * @throws DataException for no index of a category
   */
  public double[][] encode(int[] indices) {
    return IntStream.of(indices).mapToObj(this::encode).toArray(double[][]::new);
  }

  /** Returns the category with the largest of its scores, the first of equal ones. */
  public String decode(double... scores) {
    if (scores.length != size()) {
      throw new DataException(
          scores.length + " scores do not fit the " + size() + " categories; give one for each");
    }
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return categories.get(best);
  }

  /**
   * Returns a table with one more column for each category, named {@code weather=rain}.
   *
   * @throws DataException where there is no such column, a cell is none of the categories, or the
   *     table has a column of one of these names
   */
  public Table addTo(Table table, String column) {
    List<String> cells = table.text(column);
    for (int row = 0; row < cells.size(); row++) {
      String cell = cells.get(row);
      if (!indices.containsKey(cell) && !isAllowedBlank(cell)) {
        throw new DataException(
            table.cellName(row, column)
                + ": "
                + none(cell)
                + (cell.isBlank()
                    ? "; fill it, or let blanks be no category, with withBlanks()"
                    : "; correct it, or add the category"));
      }
    }
    Table columns = Table.of(encode(cells));
    Table added = table;
    for (int i = 0; i < size(); i++) {
      String name = column + "=" + categories.get(i);
      added.requireFree(name);
      added = added.with(name, columns.column(i));
    }
    return added;
  }
}
