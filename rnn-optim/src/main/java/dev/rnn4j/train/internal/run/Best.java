package dev.rnn4j.train.internal.run;

import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.saved.Columns;
import java.util.LinkedHashMap;
import java.util.Map;

/** The best that a run has come to, and how long ago. */
public final class Best implements Resumable {
  private static final String JUDGED = "judged";
  private static final String WORSE = "worse";
  private static final String VALUES = "values/";

  private double judged = Double.POSITIVE_INFINITY;

  /** The parameters judged best on the validation data, or null. */
  private Map<String, Tensor> values;

  /** Looks, or epochs where nobody looks, since the best one. */
  private int worse;

  /** Takes notice of what was found, the smaller the better; returns whether it is the best. */
  public boolean judge(double found, Map<String, Tensor> newValues) {
    if (!(found < judged)) {
      worse++;
      return false;
    }
    worse = 0;
    judged = found;
    values = newValues;
    return true;
  }

  public int worse() {
    return worse;
  }

  /** Returns the parameters judged best on the validation data, or null. */
  public Map<String, Tensor> values() {
    return values;
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put(JUDGED, Tensor.scalar(judged));
    state.put(WORSE, Tensor.scalar(worse));
    if (values != null) {
      values.forEach((path, value) -> state.put(VALUES + path, value));
    }
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    double newJudged = Columns.number(state, JUDGED);
    worse = (int) Columns.number(state, WORSE);
    judged = newJudged;
    Map<String, Tensor> newValues = Columns.under(VALUES, state);
    values = newValues.isEmpty() ? null : newValues;
  }
}
