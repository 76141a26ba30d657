package dev.rnn4j.contract;

/** What holds for a cell that is a function of its input and its state, and of nothing else. */
public enum Promise {
  /** Gradients are those of differences, in training and in inference. */
  GRADIENTS("gradients are those of differences", "GradientCheck.of(outputs).check()"),

  /** Gradients of gradients are those of differences. */
  SECOND_GRADIENTS(
      "gradients of gradients are those of differences", "GradientCheck.of(outputs).secondOrder()"),

  /** All parameters and all parts of the state take part in what comes out. */
  EFFECT(
      "all parameters and all of the state take part",
      "change the value of one, and compare the outputs"),

  /** A plan computes what the interpreter does, in both precisions. */
  PLANS(
      "plans compute what the interpreter does",
      "compare Plan.of(node).compile(precision).session().run().get(node) with node.eval()"),

  /** A sequence has the same bits whatever lengths were run before. */
  LENGTHS(
      "a length is computed alike whatever was run before",
      "run T = 5, then longer and shorter sequences, then T = 5 again"),

  /** T runs of one step, from state to state, are one run of T steps. */
  STEPS(
      "T runs of one step are one run of T steps",
      "unroll(x.step by step, state), from cell.initialState(N)"),

  /** A step that does not count changes nothing: no state, no gradient, whatever stands there. */
  MASKS(
      "what does not count does nothing",
      "new Recurrent<>(cell).unroll(Signal.of(x).masked(mask)), with NaN where the mask is 0"),

  /**
   * Truncated backpropagation in a window that holds the whole sequence is the whole sequence's.
   */
  TRUNCATION(
      "a window that holds the whole sequence is the whole sequence",
      "Signal.of(x, ForwardPass.inference().carrying(states)), states being the initial ones"),

  /** A sequence has the same bits alone and among others, in any order. */
  BATCH_ORDER(
      "sequences of a batch know nothing of each other", "run each sequence in a batch of its own"),

  /** Any number of threads gives the same bits. */
  THREADS(
      "any number of threads gives the same bits",
      "Plan.of(node).threads(1), then 2 and 3, with -Drnn.threads.work=1"),

  /** Plain Java and the Vector API give the same bits. */
  KERNELS(
      "scalar and vector kernels give the same bits",
      "run it with -Drnn.kernels=scalar, and with --add-modules jdk.incubator.vector"
          + " -Drnn.kernels=vector"),

  /** What is saved by path, and loaded into another cell, is all that the cell has learned. */
  FILES(
      "all that is learned is listed, and saved by its path",
      "Parameters.of(cell), and weights.values(cell) in a file"),

  /** A run allocates nothing. */
  MEMORY(
      "a run allocates nothing",
      "ThreadMXBean.getThreadAllocatedBytes around session.run(), with -Drnn.kernels=scalar");

  private final String title;
  private final String look;

  Promise(String title, String look) {
    this.title = title;
    this.look = look;
  }

  /** Returns what is promised, in words. */
  public String title() {
    return title;
  }

  /** Returns how to see it for oneself. */
  public String look() {
    return look;
  }
}
