package dev.rnn4j.fuzz;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Random models, trained and asked for batches of changing lengths, against the graph of each
 * length alone. A failure prints its seed and the smallest genes that fail.
 */
class RandomLengthsTest {
  private static int models;
  private static int graphs;
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
  void aModelComputesTheGraphOfEachLength(@ForAll("genes") int[] genes) {
    graphs += LengthsTrial.run(new Genes(genes));
    models++;
  }

  @AfterContainer
  static void report() {
    double minutes = (System.nanoTime() - begun) / 6e10;
    System.out.printf("%d models, %d graphs, %.0f a minute%n", models, graphs, graphs / minutes);
  }
}
