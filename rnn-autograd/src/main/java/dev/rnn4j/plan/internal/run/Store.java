package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Tensor;
import java.util.Set;

/** The values of parameters in one precision. Reading and writing are safe between runs. */
public interface Store {
  /** Returns a store that holds these parameters here, and all others itself. */
  Store sharing(Set<Parameter> parameters);

  /** Returns the value, at first the initial one. */
  Tensor get(Parameter parameter);

  /** Sets the value, in the parameter's shape. */
  void set(Parameter parameter, Tensor value);

  /** Returns the parameters that have been given values, or that plans were compiled with. */
  Set<Parameter> parameters();
}
