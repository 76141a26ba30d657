package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.Cosine;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.onnx.internal.op.Curve;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The functions of angles, their inverses and their hyperbolic relatives; and shrinking. Their bits
 * are those of {@link StrictMath}, which no JIT replaces by others.
 */
final class Curves {
  /** From there on the 1 in √(x² + 1) does not count. */
  private static final double LARGE = 1e9;

  private static final UnaryOperator<Node> SINH =
      Curve.of("Sinh", StrictMath::sinh, x -> Curves.cosh(x));
  private static final UnaryOperator<Node> COSH = Curve.of("Cosh", StrictMath::cosh, SINH);

  private Curves() {}

  static void addTo(Map<String, Operator> all) {
    all.put("Sin", Elementwise.of(Cosine::sin));
    all.put("Cos", Elementwise.of(Cosine::cos));
    all.put(
        "Tan",
        Elementwise.of(
            Curve.of("Tan", StrictMath::tan, x -> one().dividedBy(Cosine.cos(x).square()))));
    all.put("Asin", Elementwise.of(Curve.of("Asin", StrictMath::asin, Curves::slopeOfAsin)));
    all.put(
        "Acos", Elementwise.of(Curve.of("Acos", StrictMath::acos, x -> slopeOfAsin(x).negate())));
    all.put(
        "Atan",
        Elementwise.of(
            Curve.of("Atan", StrictMath::atan, x -> one().dividedBy(x.square().plus(1)))));
    all.put("Sinh", Elementwise.of(SINH));
    all.put("Cosh", Elementwise.of(COSH));
    all.put(
        "Asinh",
        Elementwise.of(
            Curve.of("Asinh", Curves::asinh, x -> one().dividedBy(x.square().plus(1).sqrt()))));
    all.put(
        "Acosh",
        Elementwise.of(
            Curve.of(
                "Acosh",
                x -> x < 1 ? Double.NaN : StrictMath.log(x + Math.sqrt((x - 1) * (x + 1))),
                x -> one().dividedBy(x.square().minus(1).sqrt()))));
    all.put(
        "Atanh",
        Elementwise.of(
            Curve.of(
                "Atanh",
                x -> (StrictMath.log1p(x) - StrictMath.log1p(-x)) / 2,
                x -> one().dividedBy(x.square().complement()))));
    all.put(
        "Shrink",
        call -> {
          call.allow("bias", "lambd");
          double bias = call.attributes().number("bias", 0);
          double limit = call.attributes().number("lambd", 0.5);
          Node x = call.node(0);
          Node above = x.greaterThan(limit).select(x.minus(bias), Node.constant(0));
          return call.result(x.lessThan(Node.constant(-limit)).select(x.plus(bias), above));
        });
    all.put(
        "IsInf",
        call -> {
          call.allow("detect_negative", "detect_positive");
          boolean above = call.attributes().flag("detect_positive", true);
          boolean below = call.attributes().flag("detect_negative", true);
          Node x = call.node(0);
          Node size = above && below ? x.abs() : above ? x : x.negate();
          Node infinite = size.equalTo(Node.constant(Double.POSITIVE_INFINITY));
          return Result.of(above || below ? infinite : infinite.times(0), Kind.BOOLEAN);
        });
  }

  private static Node cosh(Node x) {
    return COSH.apply(x);
  }

  private static Node one() {
    return Node.constant(1);
  }

  private static Node slopeOfAsin(Node x) {
    return one().dividedBy(x.square().complement().sqrt());
  }

  /** By the size of x, as x + √(x² + 1) is nothing but rounding where x is far below 0. */
  private static double asinh(double x) {
    double size = Math.abs(x);
    double root = Math.sqrt(size * size + 1);
    double y =
        size > LARGE
            ? StrictMath.log(size) + StrictMath.log(2)
            : StrictMath.log1p(size + size * size / (1 + root));
    return Math.copySign(y, x);
  }
}
