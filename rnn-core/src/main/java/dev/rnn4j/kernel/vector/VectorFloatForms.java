package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.Cold;
import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatLoop;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.kernel.RandomWords;
import dev.rnn4j.kernel.ScalarFloatGemm;
import dev.rnn4j.kernel.ScalarFloatKernels;
import dev.rnn4j.kernel.ScalarFloatReductions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * The form in which each loop, tile, reduction and norm serves: the vector one, or the scalar one
 * until the vector one is warm. Entries change while others read them: whichever is read gives the
 * same bits.
 */
final class VectorFloatForms {
  private static final int LANES = VectorFloatSpecies.SPECIES.length();

  private static final int VIRTUAL = ScalarFloatReductions.LANES;

  /** The calls by which a form is warmed, as often as it takes. */
  private static final int CALLS = 20;

  /** The trips round its loop of a long call. */
  private static final int TRIPS = 24;

  /** The trips of a long call of a function, whose steps are many. */
  private static final int FEW_TRIPS = 8;

  /** Of so many long calls of a function one takes two chunks. */
  private static final int SELDOM = 16;

  /** Numbers of rows that narrow products take in tiles of 1, 2, 4 and 8. */
  private static final int[] ROWS = {1, 3, 6, 9};

  /** Operations of many steps, which take an n of 0. */
  private static final Set<Pointwise> FUNCTIONS =
      EnumSet.of(
          Pointwise.EXP,
          Pointwise.LOG,
          Pointwise.TANH,
          Pointwise.SIGMOID,
          Pointwise.SOFTPLUS,
          Pointwise.TANH_OF_SUM,
          Pointwise.SIGMOID_OF_SUM);

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
    chill(words, scalar::words);
  }

  private void chill(Pointwise op, Function<Pointwise, FloatLoop> loop) {
    Cold<FloatLoop> cold =
        new Cold<>(
            () -> ScalarFloatKernels.loop(op),
            () -> loop.apply(op),
            form -> FUNCTIONS.contains(op) ? rehearseFunction(form) : rehearse(form),
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
        () -> scalar, () -> vector, tile -> rehearse(tile, rows, vectors * LANES), whenWarm);
  }

  private static void chill(FloatRows[] form, FloatRows scalar) {
    FloatRows vector = form[0];
    Cold<FloatRows> cold =
        new Cold<>(
            () -> scalar, () -> vector, VectorFloatForms::rehearseRows, warm -> form[0] = warm);
    form[0] =
        (m, n, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, c, cOffset, cRow) ->
            cold.scalar()
                .run(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, c, cOffset, cRow);
  }

  private static void chill(FloatReduction[] form, FloatReduction scalar) {
    FloatReduction vector = form[0];
    Cold<FloatReduction> cold =
        new Cold<>(
            () -> scalar,
            () -> vector,
            VectorFloatForms::rehearseReduction,
            warm -> form[0] = warm);
    form[0] =
        (outer, axis, inner, a, aOffset, b, bOffset, y, yOffset) ->
            cold.scalar().run(outer, axis, inner, a, aOffset, b, bOffset, y, yOffset);
  }

  private static void chill(FloatNorm[] form, FloatNorm scalar) {
    FloatNorm vector = form[0];
    Cold<FloatNorm> cold =
        new Cold<>(
            () -> scalar, () -> vector, VectorFloatForms::rehearseNorm, warm -> form[0] = warm);
    form[0] =
        (rows, n, epsilon, x, xOffset, g, gOffset, y, yOffset) ->
            cold.scalar().run(rows, n, epsilon, x, xOffset, g, gOffset, y, yOffset);
  }

  private static void chill(RandomWords[] form, RandomWords scalar) {
    RandomWords vector = form[0];
    Cold<RandomWords> cold =
        new Cold<>(
            () -> scalar, () -> vector, VectorFloatForms::rehearseWords, warm -> form[0] = warm);
    form[0] =
        (key, group, time, sequence, words) ->
            cold.scalar().write(key, group, time, sequence, words);
  }

  private static Runnable rehearseWords(RandomWords form) {
    int[] target = new int[RandomWords.GROUP];
    return mixed(0, 0, noTrips -> form.write(1, 2, 3, 4, target));
  }

  private static Runnable rehearse(FloatLoop loop) {
    float[] x = numbers(LANES + TRIPS * LANES + 3);
    float[] y = numbers(LANES + TRIPS * LANES + 3);
    return mixed(
        CALLS / 2, TRIPS, trips -> loop.run(LANES + trips * LANES, x, 1, x, 2, x, 3, y, 1));
  }

  /** Functions take their elements in chunks; now and then there are two. */
  private static Runnable rehearseFunction(FloatLoop function) {
    int twoChunks = VectorFloatFunctions.CHUNK + LANES;
    float[] x = numbers(twoChunks + 3);
    float[] y = numbers(twoChunks + 3);
    int[] longCalls = {0};
    return mixed(
        1,
        FEW_TRIPS,
        trips -> {
          boolean two = trips > 0 && longCalls[0]++ % SELDOM == 0;
          function.run(two ? twoChunks : trips * LANES, x, 1, x, 2, x, 3, y, 1);
        });
  }

  /** Calls of a tile; a row has a loop of its own for neighbours in a. */
  private static Runnable rehearse(VectorFloatTile tile, int rows, int width) {
    float[] a = numbers(rows * 2 * TRIPS);
    float[] b = numbers(TRIPS * width);
    float[] c = numbers(rows * width);
    return mixed(
        1,
        TRIPS,
        k -> {
          tile.run(k, a, 0, TRIPS, 1, b, 0, width, c, 0, width);
          if (rows == 1) {
            tile.run(k, a, 0, TRIPS, 2, b, 0, width, c, 0, width);
          }
        });
  }

  /** Calls for all numbers of rows that have loops of their own. */
  private static Runnable rehearseRows(FloatRows rows) {
    int most = ROWS[ROWS.length - 1];
    float[] a = numbers(most * TRIPS);
    float[] b = numbers(TRIPS * LANES);
    float[] c = numbers(most * LANES);
    return mixed(
        1,
        TRIPS,
        k -> {
          for (int m : ROWS) {
            rows.run(m, LANES - 1, k, a, 0, TRIPS, 1, b, 0, LANES, c, 0, LANES - 1);
          }
        });
  }

  /** Of the columns four vectors go together, then one, and then a part of one. */
  private static Runnable rehearseReduction(FloatReduction reduction) {
    int columns = 5 * LANES + 1;
    float[] x = numbers(Math.max(2 * VIRTUAL, columns) * (TRIPS + 1));
    float[] y = numbers(columns);
    return mixed(
        CALLS / 2,
        TRIPS,
        trips -> {
          reduction.run(2, trips * VIRTUAL + 1, 1, x, 0, x, 0, y, 0);
          reduction.run(1, trips + 1, columns, x, 0, x, 0, y, 0);
        });
  }

  private static Runnable rehearseNorm(FloatNorm norm) {
    int rows = 2;
    float[] x = numbers(rows * (TRIPS * VIRTUAL + 1));
    float[] y = numbers(rows * (TRIPS * VIRTUAL + 1));
    return mixed(
        CALLS / 2, TRIPS, trips -> norm.run(rows, trips * VIRTUAL + 1, 1, x, 0, x, 0, y, 0));
  }

  /**
   * Returns calls of which some are long, and the others go round no loop. The JIT waits for
   * thousands of calls, or for hundreds with still more trips, and a trip of many steps on vectors
   * that are not compiled takes as long as a hundred short calls: such forms have one long call.
   * But it remembers how often a loop goes round. If that is hardly ever, its code is slow for
   * good: that of nested loops, as reductions have, takes several times as long.
   */
  private static Runnable mixed(int longCalls, int trips, IntConsumer call) {
    return () -> {
      for (int i = 0; i < CALLS; i++) {
        call.accept(i < longCalls ? trips : 0);
      }
    };
  }

  /** Returns numbers with which nothing overflows. */
  private static float[] numbers(int n) {
    float[] numbers = new float[n];
    Arrays.fill(numbers, 0.5f);
    return numbers;
  }
}
