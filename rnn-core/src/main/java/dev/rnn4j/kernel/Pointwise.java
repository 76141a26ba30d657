package dev.rnn4j.kernel;

/**
 * The elementwise operations that kernels know: y[i] = op(a[i], b[i], c[i]). Operations of a
 * smaller arity leave the later operands out. Those that stand for a pair of others give exactly
 * the bits of the two, one after the other.
 */
public enum Pointwise {
  /** a. */
  COPY(1),
  /** −a. */
  NEGATE(1),
  /** |a|. */
  ABS(1),
  /** √a. */
  SQRT(1),
  /** a·a. */
  SQUARE(1),
  /** 1 / a. */
  RECIPROCAL(1),
  /** eᵃ. */
  EXP(1),
  /** ln a. */
  LOG(1),
  /** tanh a. */
  TANH(1),
  /** 1 / (1 + e⁻ᵃ). */
  SIGMOID(1),
  /** max(a, 0); NaN stays NaN. */
  RELU(1),
  /** ln(1 + eᵃ), without overflow. */
  SOFTPLUS(1),
  /** a + b. */
  ADD(2),
  /** a − b. */
  SUBTRACT(2),
  /** a·b. */
  MULTIPLY(2),
  /** a / b. */
  DIVIDE(2),
  /** aᵇ, as {@link Powers#power} has it. */
  POWER(2),
  /** The larger of a and b; NaN where either is. */
  MAXIMUM(2),
  /** The smaller of a and b; NaN where either is. */
  MINIMUM(2),
  /** 1 where a = b, else 0. */
  EQUAL(2),
  /** 1 where a &gt; b, else 0. */
  GREATER(2),
  /** 1 where a ≥ b, else 0. */
  GREATER_OR_EQUAL(2),
  /**
   * (1 − a·a)·b, where 1 − a·a is rounded once: the gradient of tanh from its result a and the
   * upstream gradient b.
   */
  TANH_GRADIENT(2),
  /** a·(1 − a)·b: the gradient of the sigmoid from its result a and the upstream gradient b. */
  SIGMOID_GRADIENT(2),
  /**
   * b where a &gt; 0, 0 where a ≤ 0, else NaN: the gradient of relu from its operand or result a.
   */
  RELU_GRADIENT(2),
  /** b where a ≠ 0, else c. */
  SELECT(3),
  /** a·b + c, rounded once. */
  FMA(3),
  /** a + b·c, rounded twice: {@link #MULTIPLY}, then {@link #ADD}. */
  ADD_PRODUCT(3),
  /** tanh(a + b): {@link #ADD}, then {@link #TANH}. */
  TANH_OF_SUM(2),
  /** 1 / (1 + e⁻ᵃ⁻ᵇ): {@link #ADD}, then {@link #SIGMOID}. */
  SIGMOID_OF_SUM(2),
  /** (1 − a·a)·(b·c): {@link #MULTIPLY}, then {@link #TANH_GRADIENT}. */
  TANH_GRADIENT_OF_PRODUCT(3),
  /** a·(1 − a)·(b·c): {@link #MULTIPLY}, then {@link #SIGMOID_GRADIENT}. */
  SIGMOID_GRADIENT_OF_PRODUCT(3);

  private final int arity;

  Pointwise(int arity) {
    this.arity = arity;
  }

  /** Returns the number of operands. */
  public int arity() {
    return arity;
  }
}
