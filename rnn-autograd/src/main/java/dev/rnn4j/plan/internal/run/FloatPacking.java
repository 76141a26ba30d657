package dev.rnn4j.plan.internal.run;

import dev.rnn4j.kernel.FloatKernels;
import java.util.Collection;

/** Packs the weights that have changed, before threads read them. */
final class FloatPacking implements Team.Job {
  private final FloatKernels kernels;
  private final FloatStore.Pack[] packs;
  private final int threads;

  FloatPacking(FloatKernels kernels, Collection<FloatStore.Pack> packs, int threads) {
    this.kernels = kernels;
    this.packs = packs.toArray(FloatStore.Pack[]::new);
    this.threads = threads;
  }

  @Override
  public void part(int index) {
    for (int i = index; i < packs.length; i += threads) {
      packs[i].refresh(kernels);
    }
  }
}
