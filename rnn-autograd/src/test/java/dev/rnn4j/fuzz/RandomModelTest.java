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
  private static int along;
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
    attempt(genes);
  }

  /** One in six graphs of the others has as many rows. */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 10)
  void aPlanOfManyRowsComputesItsGraph(@ForAll("genes") int[] genes) {
    attempt(Trial.ofManyRows(genes));
  }

  private static void attempt(int[] genes) {
    int[] counts = Trial.run(new Genes(genes));
    graphs++;
    tensors += counts[0];
    apart += counts[1];
    along += counts[2] > 0 ? 1 : 0;
  }

  @AfterContainer
  static void report() {
    double minutes = (System.nanoTime() - begun) / 6e10;
    System.out.printf(
        "%d graphs, %.0f a minute; of %d tensors %d have no value to compare; in %d, work runs along"
            + " with loops%n",
        graphs, graphs / minutes, tensors, apart, along);
  }
}
