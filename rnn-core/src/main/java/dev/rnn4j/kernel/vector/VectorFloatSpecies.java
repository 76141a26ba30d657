package dev.rnn4j.kernel.vector;

import jdk.incubator.vector.VectorSpecies;

/** The vectors that all loops of one precision use. */
final class VectorFloatSpecies {
  static final VectorSpecies<Float> SPECIES = VectorSpecies.of(float.class, Lanes.SHAPE);

  private VectorFloatSpecies() {}
}
