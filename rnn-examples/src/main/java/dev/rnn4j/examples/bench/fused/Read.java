package dev.rnn4j.examples.bench.fused;

import static dev.rnn4j.examples.bench.fused.Loops.LANES;
import static dev.rnn4j.examples.bench.fused.Loops.SPECIES;

import java.util.function.DoubleSupplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Reads numbers as fast as the processor can and adds them up: what any use of weights takes at
 * least.
 */
public final class Read implements DoubleSupplier {
  private static final int CHAINS = 4;

  private final float[] values;

  /** Creates what reads so many numbers. */
  public Read(int count) {
    int together = CHAINS * LANES;
    values = new float[(count + together - 1) / together * together];
  }

  @Override
  public double getAsDouble() {
    return sum(values);
  }

  /** Several chains of additions, because each waits for its last one. */
  private static float sum(float[] values) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < values.length; i += CHAINS * LANES) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, values, i));
      s1 = s1.add(FloatVector.fromArray(SPECIES, values, i + LANES));
      s2 = s2.add(FloatVector.fromArray(SPECIES, values, i + 2 * LANES));
      s3 = s3.add(FloatVector.fromArray(SPECIES, values, i + 3 * LANES));
    }
    return s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
  }
}
