package dev.rnn4j.forecast.internal.network;

import dev.rnn4j.batch.Batches;
import dev.rnn4j.forecast.internal.prepare.Scaling;
import dev.rnn4j.forecast.internal.quantile.Bands;
import dev.rnn4j.io.Batch;
import dev.rnn4j.table.Table;
import dev.rnn4j.train.Predictor;
import dev.rnn4j.window.Windows;

/** What a {@link Network} forecasts, in the units of the table. */
public final class NetworkForecasts {
  private static final int BATCH = 512;

  private NetworkForecasts() {}

  /**
   * Returns what is forecast for each window.
   *
   * @param predictor of a {@link Network}
   * @param prepared with the columns that the task adds, not scaled
   * @param windows over the scaled table
   */
  public static Bands of(Predictor predictor, Scaling scaling, Table prepared, Windows windows) {
    int outputs = scaling.task().outputs();
    double[][][] heads = new double[Network.HEADS][outputs][windows.size()];
    int n = 0;
    for (Batch batch : Batches.of(windows, BATCH)) {
      for (double[] row : predictor.predict(batch.x()).toMatrix()) {
        for (int i = 0; i < row.length; i++) {
          heads[i / outputs][i % outputs][n] = row[i];
        }
        n++;
      }
    }
    return new Bands(heads[0], heads[1], heads[2], heads[3])
        .map(changes -> scaling.values(prepared, windows, changes));
  }
}
