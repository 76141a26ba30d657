package dev.rnn4j.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against NumPy's own printouts: those src/test/python/numpy_print.py wrote, and the documents'.
 */
class NumpyFormatTest {
  /** One case of the file; its values repeat until the shape is full. */
  record Case(Precision precision, Shape shape, double[] values, String printout) {
    Tensor tensor() {
      double[] all = new double[shape.elements()];
      for (int i = 0; i < all.length; i++) {
        all[i] = values[i % values.length];
      }
      return Tensor.of(shape, all).to(precision);
    }
  }

  static List<Case> cases() throws IOException {
    try (InputStream in = NumpyFormatTest.class.getResourceAsStream("numpy-print.txt")) {
      List<Case> cases = new ArrayList<>();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String block : text.split("\n(?=float)")) {
        Iterator<String> lines = block.lines().iterator();
        String[] head = lines.next().split(" ", 2);
        Shape shape = Shape.of(words(head[1], ",").mapToInt(Integer::parseInt).toArray());
        double[] values = words(lines.next(), " ").mapToDouble(NumpyFormatTest::number).toArray();
        List<String> printout = new ArrayList<>();
        lines.forEachRemaining(line -> printout.add(line.substring(1)));
        cases.add(new Case(Precision.parse(head[0]), shape, values, String.join("\n", printout)));
      }
      return cases;
    }
  }

  private static Stream<String> words(String text, String separator) {
    return Stream.of(text.split(separator)).filter(word -> !word.isEmpty());
  }

  private static double number(String python) {
    return switch (python) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(python);
    };
  }

  @Test
  void printsWhatNumpyPrints() throws IOException {
    List<Case> cases = cases();
    assertEquals(862, cases.size());
    for (Case one : cases) {
      assertEquals(
          one.printout(), one.tensor().toString(), () -> one.precision() + " " + one.shape());
    }
  }

  static List<String> documents() {
    return List.of(
        "[1. 2. 3.]",
        "[1.]",
        "[1.36735465 1.61291427 3.01809184]",
        """
        [52.86525189 52.93442906 52.93389858 52.9336197  52.93332997 52.93295864
         52.93248346 52.93188872 52.93113802 52.93017165]""",
        """
        [52.85779326 52.92445304 52.92346299 52.92434006 52.9245707  52.92409876
         52.92292779 52.92115118 52.9185935  52.91504262]""",
        "[64.15515683 67.01852578 62.59179562 65.16812513]",
        "[65. 62. 63. 67.]",
        "[[0.79483716 0.81815261 0.839056   0.85545658]]",
        """
        [[[0.         0.         0.         0.        ]]

         [[0.76188798 0.76213958 0.76239095 0.76255841]]

         [[0.792209   0.8141834  0.83404912 0.84977719]]

         [[0.79494228 0.81839002 0.83939649 0.85584174]]]""",
        """
        [[0.49995477 0.50004523]
         [0.50000342 0.49999658]
         [0.50001503 0.49998497]
         [0.49996735 0.50003265]]""",
        """
        [[-0.00906779 -0.03115919 -0.00489831  0.02224527  0.01096823]
         [ 0.00556174 -0.01704299  0.00776704 -0.0189186   0.02670235]
         [-0.00237759 -0.01454756 -0.00153554  0.00618662  0.00561791]]""",
        """
        [[-1.54403697e-03 -9.75842758e-03 -4.82742345e-03 -1.17631678e-03
          -1.83959392e-02]
         [-2.38838167e-04  2.21249572e-03  9.32489828e-04 -9.32711316e-03
           8.65597328e-03]
         [-2.85852162e-03 -6.65136276e-04  7.08011433e-03  2.52844326e-02
          -6.26597809e-03]
         [-6.42058883e-04 -1.17437681e-03  3.55737406e-03 -7.27818626e-03
          -2.98792290e-03]
         [-1.07230527e-02 -2.15891955e-03 -3.52296271e-04 -1.62774863e-02
          -1.29308031e-05]]""");
  }

  /** Reading the numbers of a document's printout and printing them gives the printout again. */
  @ParameterizedTest
  @MethodSource("documents")
  void printsTheDocumentsNumbers(String printout) {
    double[] values =
        words(printout.replaceAll("[\\[\\]\\n]", " "), " ")
            .mapToDouble(Double::parseDouble)
            .toArray();
    List<Integer> brackets =
        Pattern.compile("\\[+").matcher(printout).results().map(r -> r.end() - r.start()).toList();
    int rank = brackets.get(0);
    int[] shape = new int[rank];
    int inner = values.length;
    for (int axis = rank - 1; axis >= 0; axis--) {
      int depth = rank - axis;
      int arrays = (int) brackets.stream().filter(count -> count >= depth).count();
      shape[axis] = inner / arrays;
      inner = arrays;
    }
    assertEquals(printout, Tensor.of(Shape.of(shape), values).toString());
  }

  @ParameterizedTest
  @ValueSource(doubles = {641.4295974443879, 5.847872199212813, 2.0, 0.1, 0.09503904573259021})
  void aScalarIsItsShortestDecimal(double value) {
    assertEquals(Double.toString(value), Tensor.scalar(value).toString());
  }

  /** Where the JDK's own shortest digits were wrong for years. */
  @ParameterizedTest
  @CsvSource({"2.0E-3, 0.002", "2.2E-322, 2.2e-322", "1.0E23, 1e+23", "2.0E23, 2e+23"})
  void digitsDoNotComeFromTheJdk(double value, String printout) {
    assertEquals(printout, Tensor.scalar(value).toString());
  }
}
