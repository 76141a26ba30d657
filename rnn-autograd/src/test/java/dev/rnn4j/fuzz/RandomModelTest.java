package dev.rnn4j.fuzz;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Plans of random models against what their graphs mean. A hundred each time; many thousands as
 * docs/how-the-plan-works.md says. A failure prints its seed and the smallest genes that fail.
 */
class RandomModelTest {
  private static int graphs;
  private static int tensors;
  private static int apart;
  private static long begun;

  @BeforeContainer
  static void begin() {
    begun = System.nanoTime();
  }

  @Provide
  Arbitrary<int[]> genes() {
    return Genes.arbitrary();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aPlanComputesItsGraph(@ForAll("genes") int[] genes) {
    int[] counts = Trial.run(new Genes(genes));
    graphs++;
    tensors += counts[0];
    apart += counts[1];
  }

  @AfterContainer
  static void report() {
    double minutes = (System.nanoTime() - begun) / 6e10;
    System.out.printf(
        "%d graphs, %.0f a minute; of %d tensors %d have no value to compare%n",
        graphs, graphs / minutes, tensors, apart);
  }
}
