package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.Cold;
import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatLoop;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.kernel.RandomWords;
import dev.rnn4j.kernel.ScalarFloatGemm;
import dev.rnn4j.kernel.ScalarFloatKernels;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The form in which each loop, tile, reduction and norm serves: the vector one, or the scalar one
 * until the vector one is warm. Entries change while others read them: whichever is read gives the
 * same bits.
 */
final class VectorFloatForms {
  private static final int LANES = VectorFloatSpecies.SPECIES.length();

  final FloatLoop[] loops;
  final VectorFloatTile[] fourRows;
  final VectorFloatTile[] oneRow;

  final FloatReduction[] sum = {
    (outer, axis, inner, a, i, b, j, y, k) ->
        VectorFloatReductions.sum(outer, axis, inner, a, i, y, k)
  };
  final FloatReduction[] max = {
    (outer, axis, inner, a, i, b, j, y, k) ->
        VectorFloatReductions.max(outer, axis, inner, a, i, y, k)
  };
  final FloatReduction[] sumOfProducts = {VectorFloatReductions::sumOfProducts};

  final FloatNorm[] normalize = {
    (rows, n, epsilon, x, i, g, j, y, k) -> VectorFloatNorms.normalize(rows, n, epsilon, x, i, y, k)
  };
  final FloatNorm[] normalizeGradient = {VectorFloatNorms::normalizeGradient};

  final FloatRows[] narrow = {VectorFloatNarrowTiles::run};

  final VectorFloatTileSums.TileSum[] tileSum = {VectorFloatTileSums.ofPanel()};

  final RandomWords[] words = {VectorRandomWords::write};

  /** The tile of 5 rows by 4 vectors; null where registers are too few, or it is not warm. */
  private VectorFloatTile large = Lanes.TILE == 4 ? VectorFloatLargeTile::run : null;

  private Optional<Cold<VectorFloatTile>> coldLarge = Optional.empty();

  /**
   * c [m, n] = a [m, k] · b [k, n] for n of at most the lanes of a vector, where neighbours in a
   * row of b are neighbours in memory. A whole vector is read where a row of b begins, and may be
   * written where a row of c does, in ascending order.
   */
  interface FloatRows {
    void run(
        int m,
        int n,
        int k,
        float[] a,
        int aOffset,
        int aRow,
        int aColumn,
        float[] b,
        int bOffset,
        int bRow,
        float[] c,
        int cOffset,
        int cRow);
  }

  /** Sums, largest values or sums of products; see {@link FloatKernels}. Only the last have b. */
  interface FloatReduction {
    void run(
        int outer,
        int axis,
        int inner,
        float[] a,
        int aOffset,
        float[] b,
        int bOffset,
        float[] y,
        int yOffset);
  }

  /** Normalised rows, or their gradient; see {@link FloatKernels}. The former has no g. */
  interface FloatNorm {
    void run(
        int rows,
        int n,
        float epsilon,
        float[] x,
        int xOffset,
        float[] g,
        int gOffset,
        float[] y,
        int yOffset);
  }

  private VectorFloatForms(FloatLoop[] loops) {
    this.loops = loops;
    this.fourRows = VectorFloatTiles.fourRows();
    this.oneRow = VectorFloatRowTiles.oneRow();
  }

  /** Returns vector forms that serve at once, with the vector loops of operations. */
  static VectorFloatForms warm(Function<Pointwise, FloatLoop> loop) {
    return new VectorFloatForms(
        Arrays.stream(Pointwise.values()).map(loop).toArray(FloatLoop[]::new));
  }

  /** Returns vector forms each of which serves once it is warm; until then the scalar one does. */
  static VectorFloatForms cold(Function<Pointwise, FloatLoop> loop, FloatKernels scalar) {
    VectorFloatForms forms = new VectorFloatForms(new FloatLoop[Pointwise.values().length]);
    forms.chill(loop, scalar);
    return forms;
  }

  /** Returns the tile of 5 rows by a number of vectors, or null: tiles of 4 rows serve then. */
  VectorFloatTile large(int vectors) {
    if (vectors != VectorFloatLargeTile.VECTORS) {
      return null;
    }
    VectorFloatTile tile = large;
    if (tile == null) {
      coldLarge.ifPresent(Cold::scalar);
    }
    return tile;
  }

  private void chill(Function<Pointwise, FloatLoop> loop, FloatKernels scalar) {
    for (Pointwise op : Pointwise.values()) {
      chill(op, loop);
    }
    for (int vectors = 2; vectors < fourRows.length; vectors++) {
      chill(fourRows, VectorFloatTiles.ROWS, vectors);
      chill(oneRow, 1, vectors);
    }
    chillLarge();
    chill(
        narrow,
        (m, n, k, a, i, aRow, aColumn, b, j, bRow, c, to, cRow) ->
            ScalarFloatGemm.gemm(m, n, k, a, i, aRow, aColumn, b, j, bRow, 1, c, to, cRow, false));
    chill(
        sum, (outer, axis, inner, a, i, b, j, y, k) -> scalar.sum(outer, axis, inner, a, i, y, k));
    chill(
        max, (outer, axis, inner, a, i, b, j, y, k) -> scalar.max(outer, axis, inner, a, i, y, k));
    chill(sumOfProducts, scalar::sumOfProducts);
    chill(
        normalize,
        (rows, n, epsilon, x, i, g, j, y, k) -> scalar.normalize(rows, n, epsilon, x, i, y, k));
    chill(normalizeGradient, scalar::normalizeGradient);
    chill(tileSum);
    chill(words, scalar::words);
  }

  private void chill(Pointwise op, Function<Pointwise, FloatLoop> loop) {
    Cold<FloatLoop> cold =
        new Cold<>(
            () -> ScalarFloatKernels.loop(op),
            () -> loop.apply(op),
            form -> VectorFloatRehearsals.of(op, form),
            warm -> loops[op.ordinal()] = warm);
    loops[op.ordinal()] =
        (n, a, i, b, j, c, k, y, l) -> cold.scalar().run(n, a, i, b, j, c, k, y, l);
  }

  private static void chill(VectorFloatTile[] table, int rows, int vectors) {
    VectorFloatTile vector = table[vectors];
    Cold<VectorFloatTile> cold = cold(vector, rows, vectors, tile -> table[vectors] = tile);
    table[vectors] =
        (k, a, aOffset, aRow, aColumn, b, bOffset, bRow, c, cOffset, cRow) ->
            cold.scalar().run(k, a, aOffset, aRow, aColumn, b, bOffset, bRow, c, cOffset, cRow);
  }

  private void chillLarge() {
    VectorFloatTile vector = large;
    if (vector != null) {
      int vectors = VectorFloatLargeTile.VECTORS;
      large = null;
      coldLarge =
          Optional.of(cold(vector, VectorFloatLargeTile.ROWS, vectors, tile -> large = tile));
    }
  }

  private static Cold<VectorFloatTile> cold(
      VectorFloatTile vector, int rows, int vectors, Consumer<VectorFloatTile> whenWarm) {
    VectorFloatTile scalar =
        (k, a, aOffset, aRow, aColumn, b, bOffset, bRow, c, cOffset, cRow) ->
            ScalarFloatGemm.gemm(
                rows,
                vectors * LANES,
                k,
                a,
                aOffset,
                aRow,
                aColumn,
                b,
                bOffset,
                bRow,
                1,
                c,
                cOffset,
                cRow,
                false);
    return new Cold<>(
        () -> scalar,
        () -> vector,
        tile -> VectorFloatRehearsals.ofTile(tile, rows, vectors * LANES),
        whenWarm);
  }

  private static void chill(FloatRows[] form, FloatRows scalar) {
    FloatRows vector = form[0];
    Cold<FloatRows> cold =
        new Cold<>(
            () -> scalar, () -> vector, VectorFloatRehearsals::ofRows, warm -> form[0] = warm);
    form[0] =
        (m, n, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, c, cOffset, cRow) ->
            cold.scalar()
                .run(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, c, cOffset, cRow);
  }

  private static void chill(FloatReduction[] form, FloatReduction scalar) {
    FloatReduction vector = form[0];
    Cold<FloatReduction> cold =
        new Cold<>(
            () -> scalar, () -> vector, VectorFloatRehearsals::ofReduction, warm -> form[0] = warm);
    form[0] =
        (outer, axis, inner, a, aOffset, b, bOffset, y, yOffset) ->
            cold.scalar().run(outer, axis, inner, a, aOffset, b, bOffset, y, yOffset);
  }

  private static void chill(FloatNorm[] form, FloatNorm scalar) {
    FloatNorm vector = form[0];
    Cold<FloatNorm> cold =
        new Cold<>(
            () -> scalar, () -> vector, VectorFloatRehearsals::ofNorm, warm -> form[0] = warm);
    form[0] =
        (rows, n, epsilon, x, xOffset, g, gOffset, y, yOffset) ->
            cold.scalar().run(rows, n, epsilon, x, xOffset, g, gOffset, y, yOffset);
  }

  private static void chill(VectorFloatTileSums.TileSum[] form) {
    VectorFloatTileSums.TileSum vector = form[0];
    Cold<VectorFloatTileSums.TileSum> cold =
        new Cold<>(
            () -> VectorFloatForms::addTile,
            () -> vector,
            VectorFloatRehearsals::ofTileSum,
            warm -> form[0] = warm);
    form[0] = (rows, x, c, at, cRow) -> cold.scalar().run(rows, x, c, at, cRow);
  }

  private static void addTile(int rows, float[] x, float[] c, int cOffset, int cRow) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < VectorFloatGemm.WIDTH; j++) {
        c[cOffset + i * cRow + j] += x[i * VectorFloatGemm.WIDTH + j];
      }
    }
  }

  private static void chill(RandomWords[] form, RandomWords scalar) {
    RandomWords vector = form[0];
    Cold<RandomWords> cold =
        new Cold<>(
            () -> scalar, () -> vector, VectorFloatRehearsals::ofWords, warm -> form[0] = warm);
    form[0] =
        (key, group, time, sequence, words) ->
            cold.scalar().write(key, group, time, sequence, words);
  }
}
