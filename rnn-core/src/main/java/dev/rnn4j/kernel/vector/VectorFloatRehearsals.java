package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.FloatLoop;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.kernel.RandomWords;
import dev.rnn4j.kernel.ScalarFloatReductions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntConsumer;

/** The calls by which each form of {@link VectorFloatForms} is warmed. */
final class VectorFloatRehearsals {
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

  private VectorFloatRehearsals() {}

  /** Returns calls of an operation's loop. */
  static Runnable of(Pointwise op, FloatLoop form) {
    return FUNCTIONS.contains(op) ? ofFunction(form) : ofLoop(form);
  }

  static Runnable ofTileSum(VectorFloatTileSums.TileSum form) {
    int rows = VectorFloatLargeTile.ROWS;
    float[] x = numbers(rows * VectorFloatGemm.WIDTH);
    float[] c = numbers(rows * VectorFloatGemm.WIDTH);
    return mixed(CALLS / 2, rows, trips -> form.run(trips, x, c, 0, VectorFloatGemm.WIDTH));
  }

  static Runnable ofWords(RandomWords form) {
    int[] target = new int[RandomWords.GROUP];
    return mixed(0, 0, noTrips -> form.write(1, 2, 3, 4, target));
  }

  private static Runnable ofLoop(FloatLoop loop) {
    float[] x = numbers(LANES + TRIPS * LANES + 3);
    float[] y = numbers(LANES + TRIPS * LANES + 3);
    return mixed(
        CALLS / 2, TRIPS, trips -> loop.run(LANES + trips * LANES, x, 1, x, 2, x, 3, y, 1));
  }

  /** Functions take their elements in chunks; now and then there are two. */
  private static Runnable ofFunction(FloatLoop function) {
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
  static Runnable ofTile(VectorFloatTile tile, int rows, int width) {
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
  static Runnable ofRows(VectorFloatForms.FloatRows rows) {
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
  static Runnable ofReduction(VectorFloatForms.FloatReduction reduction) {
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

  static Runnable ofNorm(VectorFloatForms.FloatNorm norm) {
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
