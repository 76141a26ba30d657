package dev.rnn4j.testing;

import static org.junit.jupiter.api.Assertions.assertSame;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Interpreter;
import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.DoubleKernels;
import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.Kernels;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The numbers at which formulas break, and all that computes with them. */
public final class Extremes {
  private Extremes() {}

  /** The interpreter, and plans of each precision with each kind of kernels. */
  public enum Executor {
    INTERPRETER(Precision.FLOAT64, null),
    SCALAR_FLOAT64(Precision.FLOAT64, false),
    VECTOR_FLOAT64(Precision.FLOAT64, true),
    SCALAR_FLOAT32(Precision.FLOAT32, false),
    VECTOR_FLOAT32(Precision.FLOAT32, true);

    private final Precision precision;
    private final Boolean vector;

    Executor(Precision precision, Boolean vector) {
      this.precision = precision;
      this.vector = vector;
    }

    /** Returns the precision it computes in. */
    public Precision precision() {
      return precision;
    }

    /** Returns NaN, infinities, zeros, the smallest, the largest and some ordinary numbers. */
    public double[] numbers() {
      boolean wide = precision == Precision.FLOAT64;
      double least = wide ? Double.MIN_VALUE : Float.MIN_VALUE;
      double normal = wide ? Double.MIN_NORMAL : Float.MIN_NORMAL;
      double most = wide ? Double.MAX_VALUE : Float.MAX_VALUE;
      double infinite = Double.POSITIVE_INFINITY;
      return new double[] {
        Double.NaN,
        infinite,
        -infinite,
        0,
        -0.0,
        least,
        -least,
        normal,
        most,
        -most,
        1,
        -1,
        0.5,
        -0.5,
        2,
        -3,
        100,
        -100
      };
    }

    /** Returns the nearest number of the precision. */
    public double round(double x) {
      return precision == Precision.FLOAT64 ? x : (float) x;
    }

    /** Returns the values of nodes. */
    public List<Tensor> run(List<? extends Node> nodes, Map<Input, Tensor> values) {
      if (vector == null) {
        return Interpreter.eval(nodes, values);
      }
      Session session =
          withKernels(vector, () -> Plan.of(nodes).threads(1).compile(precision).session());
      values.forEach(session::set);
      session.run();
      List<Tensor> results = new ArrayList<>();
      nodes.forEach(node -> results.add(session.get(node)));
      return results;
    }
  }

  /** Makes a session while other kernels than the chosen ones are in use. */
  private static Session withKernels(boolean vector, Supplier<Session> make) {
    FloatKernels floats = vector ? Kernels.vectorFloat() : Kernels.scalarFloat();
    DoubleKernels doubles = vector ? Kernels.vectorDouble() : Kernels.scalarDouble();
    Supplier<Session> checked =
        () -> {
          assertSame(floats, Kernels.float32());
          assertSame(doubles, Kernels.float64());
          return make.get();
        };
    return with("float32", floats, () -> with("float64", doubles, checked));
  }

  private static Session with(String name, Object kernels, Supplier<Session> make) {
    try {
      Field field = Kernels.class.getDeclaredField(name);
      field.setAccessible(true);
      Object before = field.get(null);
      field.set(null, kernels);
      try {
        return make.get();
      } finally {
        field.set(null, before);
      }
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
