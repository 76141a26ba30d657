package dev.rnn4j.testing;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Interpreter;
import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Kernels;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.lang.reflect.Constructor;
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
    try {
      Field chosen = Kernels.class.getDeclaredField("chosen");
      chosen.setAccessible(true);
      Object before = chosen.get(null);
      Class<?> type = Class.forName(Kernels.class.getName() + "$Choice");
      Constructor<?> choice = type.getDeclaredConstructors()[0];
      choice.setAccessible(true);
      Supplier<?> floats = vector ? Kernels::vectorFloat : Kernels::scalarFloat;
      Supplier<?> doubles = vector ? Kernels::vectorDouble : Kernels::scalarDouble;
      chosen.set(null, choice.newInstance(floats, doubles, "", ""));
      try {
        return make.get();
      } finally {
        chosen.set(null, before);
      }
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
