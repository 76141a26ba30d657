package dev.rnn4j.plan.internal.run;

/** The code of instructions that run one after the other. */
final class FloatSequence implements FloatCode {
  private final FloatCode[] codes;

  FloatSequence(FloatCode[] codes) {
    this.codes = codes;
  }

  @Override
  public void run(FloatArena arena, int t) {
    for (FloatCode code : codes) {
      code.run(arena, t);
    }
  }
}
