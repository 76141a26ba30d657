package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Tensor;

/** The values of parameters in one precision. Reading and writing are safe between runs. */
public interface Store {
  /** Returns the value; a parameter not seen before gets its initial one. */
  Tensor get(Parameter parameter);

  /** Sets the value, in the parameter's shape. */
  void set(Parameter parameter, Tensor value);

  /** Tells packed copies that values have changed. */
  void changed();
}
