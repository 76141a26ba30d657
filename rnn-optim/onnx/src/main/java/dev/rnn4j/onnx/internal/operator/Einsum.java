package dev.rnn4j.onnx.internal.operator;

import com.google.common.primitives.Ints;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Einstein's summation: products of tensors whose axes have letters, two at a time. */
final class Einsum {
  /** A tensor and the letters of its axes. */
  private record Term(Node node, String letters) {
    int size(char letter) {
      return node.shape().size(letters.indexOf(letter));
    }
  }

  private static final String OTHERS = "9876543210";

  private Einsum() {}

  static void addTo(Map<String, Operator> all) {
    all.put(
        "Einsum",
        call -> {
          call.allow("equation");
          return call.result(of(call.attributes().text("equation", ""), call.nodes()));
        });
  }

  private static Node of(String equation, List<Node> nodes) {
    String[] sides = equation.replace(" ", "").split("->", -1);
    String[] inputs = sides[0].split(",", -1);
    if (inputs.length != nodes.size()) {
      throw new IllegalArgumentException(
          "'" + equation + "' is of " + inputs.length + " tensors, and there are " + nodes.size());
    }
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      terms.add(term(nodes.get(i), inputs[i], equation));
    }
    String wanted = sides.length > 1 ? withOthers(sides[1], terms) : implied(terms);
    Term result = summed(terms.get(0), letters(terms.subList(1, terms.size())) + wanted);
    for (int i = 1; i < terms.size(); i++) {
      String later = letters(terms.subList(i + 1, terms.size())) + wanted;
      result = product(result, summed(terms.get(i), result.letters() + later), later);
    }
    return ordered(summed(result, wanted), wanted).node();
  }

  /** The axes that dots stand for get digits, from the last one on: they are aligned there. */
  private static Term term(Node node, String letters, String equation) {
    int others = node.shape().rank() - letters.replace("...", "").length();
    String digits = OTHERS.substring(OTHERS.length() - Math.max(0, others));
    String named = letters.replace("...", digits);
    if (named.length() != node.shape().rank()
        || named.chars().distinct().count() < named.length()) {
      throw new IllegalArgumentException(
          "'" + letters + "' in '" + equation + "' does not name each axis of " + node.shape());
    }
    return new Term(node, named);
  }

  private static String withOthers(String letters, List<Term> terms) {
    return letters.replace("...", others(terms));
  }

  private static String others(List<Term> terms) {
    StringBuilder digits = new StringBuilder();
    for (char digit : OTHERS.toCharArray()) {
      digits.append(letters(terms).indexOf(digit) >= 0 ? String.valueOf(digit) : "");
    }
    return digits.toString();
  }

  /** Without an arrow, the letters that come once are left, in the order of the alphabet. */
  private static String implied(List<Term> terms) {
    Map<Character, Integer> counts = new TreeMap<>();
    for (char letter : letters(terms).toCharArray()) {
      counts.merge(letter, 1, Integer::sum);
    }
    StringBuilder once = new StringBuilder(others(terms));
    counts.forEach(
        (letter, count) ->
            once.append(count == 1 && !Character.isDigit(letter) ? String.valueOf(letter) : ""));
    return once.toString();
  }

  private static String letters(List<Term> terms) {
    StringBuilder letters = new StringBuilder();
    terms.forEach(term -> letters.append(term.letters()));
    return letters.toString();
  }

  /** Sums the axes that nobody else needs. */
  private static Term summed(Term term, String needed) {
    StringBuilder left = new StringBuilder();
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < term.letters().length(); i++) {
      char letter = term.letters().charAt(i);
      if (needed.indexOf(letter) < 0) {
        axes.add(i);
      } else {
        left.append(letter);
      }
    }
    return axes.isEmpty()
        ? term
        : new Term(
            term.node().sum(axes.stream().mapToInt(Integer::intValue).toArray()), left.toString());
  }

  /** One batched matrix product: of both, of the left one, of the right one, and summed. */
  private static Term product(Term left, Term right, String later) {
    StringBuilder both = new StringBuilder();
    StringBuilder over = new StringBuilder();
    for (char letter : left.letters().toCharArray()) {
      boolean shared = right.letters().indexOf(letter) >= 0;
      boolean stays = later.indexOf(letter) >= 0;
      if (shared) {
        (stays ? both : over).append(letter);
      }
    }
    String batch = both.toString();
    String summed = over.toString();
    String rows = without(left.letters(), batch + summed);
    String columns = without(right.letters(), batch + summed);
    int[] batchSizes = common(batch, left, right);
    int[] sums = common(summed, left, right);
    Node a = matrix(left, batch, batchSizes, rows, sizes(rows, left), summed, sums);
    Node b = matrix(right, batch, batchSizes, summed, sums, columns, sizes(columns, right));
    int[] sizes = Ints.concat(batchSizes, sizes(rows, left), sizes(columns, right));
    return new Term(a.matmul(b).reshape(sizes), batch + rows + columns);
  }

  private static String without(String letters, String gone) {
    StringBuilder left = new StringBuilder();
    for (char letter : letters.toCharArray()) {
      left.append(gone.indexOf(letter) < 0 ? String.valueOf(letter) : "");
    }
    return left.toString();
  }

  private static int[] sizes(String letters, Term term) {
    return letters.chars().map(letter -> term.size((char) letter)).toArray();
  }

  private static int[] common(String letters, Term left, Term right) {
    return letters
        .chars()
        .map(letter -> Math.max(left.size((char) letter), right.size((char) letter)))
        .toArray();
  }

  private static Node matrix(
      Term term,
      String batch,
      int[] batchSizes,
      String rows,
      int[] down,
      String columns,
      int[] to) {
    Node node = ordered(term, batch + rows + columns).node();
    Node full = node.broadcastTo(Shape.of(Ints.concat(batchSizes, down, to)));
    return full.reshape(
        Shape.of(batchSizes).elements(), Shape.of(down).elements(), Shape.of(to).elements());
  }

  private static Term ordered(Term term, String letters) {
    if (letters.length() != term.letters().length()) {
      throw new IllegalArgumentException(
          "the result has the axes '" + letters + "', and there are '" + term.letters() + "'");
    }
    int[] axes = letters.chars().map(letter -> term.letters().indexOf(letter)).toArray();
    boolean same = letters.equals(term.letters());
    return same ? term : new Term(term.node().transpose(axes), letters);
  }
}
