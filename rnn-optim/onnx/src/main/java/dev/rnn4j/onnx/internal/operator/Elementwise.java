package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.onnx.internal.op.Erf;
import dev.rnn4j.onnx.internal.op.PlainOp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** Operators that go element by element. */
final class Elementwise {
  private static final double SELU_ALPHA = 1.67326319217681884765625;
  private static final double SELU_GAMMA = 1.05070102214813232421875;

  private Elementwise() {}

  static void addTo(Map<String, Operator> all) {
    all.put("Abs", of(Node::abs));
    all.put("Exp", of(Node::exp));
    all.put("Log", of(Node::log));
    all.put("Neg", of(Node::negate));
    all.put("Reciprocal", of(x -> Node.constant(1).dividedBy(x)));
    all.put("Relu", of(Node::relu));
    all.put("Sigmoid", of(Node::sigmoid));
    all.put("Softplus", of(Node::softplus));
    all.put("Softsign", of(Elementwise::softsign));
    all.put("Sqrt", of(Node::sqrt));
    all.put("Tanh", of(Node::tanh));
    all.put("Mish", of(x -> x.times(x.softplus().tanh())));
    all.put("Sign", of(Elementwise::sign));
    all.put("Celu", withAlpha(1, (x, alpha) -> elu(x.dividedBy(alpha)).times(alpha)));
    all.put("Elu", withAlpha(1, (x, alpha) -> scaledElu(x, alpha)));
    all.put("LeakyRelu", withAlpha(0.01, (x, alpha) -> leaky(x, x.times(alpha))));
    all.put(
        "ThresholdedRelu",
        withAlpha(1, (x, alpha) -> x.greaterThan(alpha).select(x, Node.constant(0))));
    all.put("PRelu", two((x, y) -> leaky(x, x.times(y))));
    all.put("Selu", Elementwise::selu);
    all.put("HardSigmoid", Elementwise::hardSigmoid);
    all.put("HardSwish", of(x -> x.times(between(x.dividedBy(6).plus(0.5), 0, 1))));
    all.put("Swish", withAlpha(1, (x, alpha) -> x.times(x.times(alpha).sigmoid())));
    all.put("Gelu", Elementwise::gelu);
    all.put("Add", two(Node::plus));
    all.put("Sub", two(Node::minus));
    all.put("Mul", two(Node::times));
    all.put("Div", Elementwise::divide);
    all.put("Pow", Elementwise::power);
    all.put("Mod", Elementwise::modulo);
    all.put("Erf", of(Erf::of));
    all.put("Floor", steps("Floor", Math::floor));
    all.put("Ceil", steps("Ceil", Math::ceil));
    all.put("Round", steps("Round", Math::rint));
    all.put("Max", many(Node::maximum));
    all.put("Min", many(Node::minimum));
    all.put("Sum", many(Node::plus));
    all.put("Mean", call -> call.result(joined(call, Node::plus).times(1.0 / call.count())));
    all.put("Clip", Elementwise::clip);
    all.put("Where", Elementwise::where);
    all.put("Identity", of(x -> x));
    all.put("Dropout", Elementwise::dropout);
    all.put("Cast", Elementwise::cast);
    all.put("CastLike", call -> cast(call, call.kind(1)));
    all.put("Equal", compared(Node::equalTo));
    all.put("Greater", compared(Node::greaterThan));
    all.put("GreaterOrEqual", compared(Node::greaterOrEqualTo));
    all.put("Less", compared(Node::lessThan));
    all.put("LessOrEqual", compared(Node::lessOrEqualTo));
    all.put("And", compared(Node::times));
    all.put("Or", compared(Node::maximum));
    all.put("Xor", compared((x, y) -> x.minus(y).abs()));
    all.put("Not", call -> Result.of(call.allow().node(0).complement(), Kind.BOOLEAN));
    all.put(
        "IsNaN",
        call -> Result.of(call.allow().node(0).equalTo(call.node(0)).complement(), Kind.BOOLEAN));
  }

  /** Returns the operator of one operand and no attributes. */
  static Operator of(UnaryOperator<Node> function) {
    return call -> call.allow().result(function.apply(call.node(0)));
  }

  private static Operator two(BinaryOperator<Node> function) {
    return call -> call.allow().result(function.apply(call.node(0), call.node(1)));
  }

  private static Operator compared(BinaryOperator<Node> function) {
    return call -> Result.of(function.apply(call.allow().node(0), call.node(1)), Kind.BOOLEAN);
  }

  private static Operator many(BinaryOperator<Node> function) {
    return call -> call.allow().result(joined(call, function));
  }

  private static Node joined(Call call, BinaryOperator<Node> function) {
    return call.nodes().stream().reduce(function).orElseThrow();
  }

  private interface Scaled {
    Node of(Node x, double alpha);
  }

  private static Operator withAlpha(double otherwise, Scaled function) {
    return call -> {
      call.allow("alpha");
      double alpha = call.attributes().number("alpha", otherwise);
      return call.result(function.of(call.node(0), alpha));
    };
  }

  private static Operator steps(String name, DoubleUnaryOperator function) {
    return call -> call.allow().result(steps(name, function, call.node(0)));
  }

  /** Returns a function that is flat between its steps. */
  private static Node steps(String name, DoubleUnaryOperator function, Node x) {
    return PlainOp.of(
        name,
        List.of(),
        x.shape(),
        (operands, y) -> Arrays.setAll(y, i -> function.applyAsDouble(operands[0][i])),
        x);
  }

  private static double towards0(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  private static Node sign(Node x) {
    Node sign = x.greaterThan(0).minus(Node.constant(0).greaterThan(x));
    return x.equalTo(x).select(sign, x.stopGradient()); // NaN stays what it is
  }

  private static Node leaky(Node x, Node below) {
    return x.greaterThan(0).select(x, below);
  }

  /** e^x − 1 for negative x, of which none is large: no overflow reaches a gradient. */
  private static Node scaledElu(Node x, double alpha) {
    Node below = x.minimum(Node.constant(0)).exp().minus(1).times(alpha);
    return leaky(x, below);
  }

  private static Node elu(Node x) {
    return scaledElu(x, 1);
  }

  private static List<Result> selu(Call call) {
    call.allow("alpha", "gamma");
    double alpha = call.attributes().number("alpha", SELU_ALPHA);
    double gamma = call.attributes().number("gamma", SELU_GAMMA);
    return call.result(scaledElu(call.node(0), alpha).times(gamma));
  }

  private static Node between(Node x, double least, double most) {
    return x.maximum(Node.constant(least)).minimum(Node.constant(most));
  }

  private static List<Result> hardSigmoid(Call call) {
    call.allow("alpha", "beta");
    double alpha = call.attributes().number("alpha", 0.2);
    double beta = call.attributes().number("beta", 0.5);
    return call.result(between(call.node(0).times(alpha).plus(beta), 0, 1));
  }

  private static List<Result> gelu(Call call) {
    call.allow("approximate");
    Node x = call.node(0);
    if (call.attributes().choice("approximate", "none", "tanh").equals("none")) {
      return call.result(Erf.of(x.times(Math.sqrt(0.5))).plus(1).times(x).times(0.5));
    }
    Node inner = x.plus(x.times(x).times(x).times(0.044715)).times(Math.sqrt(2 / Math.PI));
    return call.result(x.times(inner.tanh().plus(1)).times(0.5));
  }

  /** Returns x / (1 + |x|). */
  static Node softsign(Node x) {
    return x.dividedBy(x.abs().plus(1));
  }

  private static List<Result> divide(Call call) {
    call.allow();
    Node quotient = call.node(0).dividedBy(call.node(1));
    return call.result(
        call.kind(0) == Kind.FLOAT
            ? quotient
            : steps("DivisionOfIntegers", Elementwise::towards0, quotient));
  }

  /** x − y·⌊x/y⌋, or with the sign of x. */
  private static List<Result> modulo(Call call) {
    call.allow("fmod");
    Node x = call.node(0);
    Node y = call.node(1);
    boolean truncated = call.attributes().flag("fmod", false);
    DoubleUnaryOperator rounding = truncated ? Elementwise::towards0 : Math::floor;
    String name = truncated ? "Truncation" : "Floor";
    return call.result(x.minus(y.times(steps(name, rounding, x.dividedBy(y)))));
  }

  private static List<Result> power(Call call) {
    call.allow();
    Value exponent = call.operand(1);
    boolean one = exponent.known() != null && exponent.node().shape().elements() == 1;
    Node x = call.node(0);
    Node y = one ? x.power(call.number(1)) : x.power(exponent.node());
    boolean wider = one && exponent.node().shape().rank() > x.shape().rank();
    return call.result(wider ? y.broadcastTo(exponent.node().shape()) : y);
  }

  private static List<Result> clip(Call call) {
    call.allow("min", "max");
    Node x = call.node(0);
    x = call.has(1) ? x.maximum(call.node(1)) : x;
    return call.result(call.has(2) ? x.minimum(call.node(2)) : x);
  }

  private static List<Result> where(Call call) {
    call.allow();
    return Result.of(call.node(0).select(call.node(1), call.node(2)), call.kind(1));
  }

  private static List<Result> dropout(Call call) {
    call.allow("seed", "ratio");
    if (call.has(2) && call.number(2) != 0) {
      throw new IllegalArgumentException(
          "it drops values, as in training: export the model after model.eval()");
    }
    Node all = Node.ones(call.shape(0).toArray());
    return List.of(new Result(call.node(0), call.kind(0)), new Result(all, Kind.BOOLEAN));
  }

  private static List<Result> cast(Call call) {
    call.allow("to", "saturate", "round_mode");
    return cast(call, Kind.of(call.attributes().integer("to", 0)));
  }

  private static List<Result> cast(Call call, Kind to) {
    Kind from = call.kind(0);
    Node x = call.node(0);
    if (to == Kind.BOOLEAN && from != Kind.BOOLEAN) {
      return Result.of(x.equalTo(Node.constant(0)).complement(), to);
    }
    if (to == Kind.INTEGER && from == Kind.FLOAT) {
      return Result.of(steps("CastToInteger", Elementwise::towards0, x), to);
    }
    return Result.of(x, to);
  }
}
