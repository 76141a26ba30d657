package dev.rnn4j.train.internal.run;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.io.Batch;
import dev.rnn4j.metric.Metric;
import dev.rnn4j.optimizer.Averaged;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.step.AveragedValues;
import dev.rnn4j.train.internal.step.GuardedEngine;
import dev.rnn4j.train.internal.step.LossMeans;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How a training is judged: on which data, by what, how often, and for how long without anything
 * better. A trainer sets it before it runs.
 */
public final class Validation {
  /** Null where the loss of training judges. */
  private Supplier<? extends Iterable<Batch>> data;

  private int patience = Integer.MAX_VALUE;
  private final List<Gauge> gauges = new ArrayList<>();

  /** The name of the metric that judges, or empty for the loss. */
  private String judge = "";

  private boolean largestIsBest;

  /** After how many updates to look, or 0 where epochs count. */
  private long updates;

  private int epochs = 1;
  private boolean averages;

  /**
   * What was found.
   *
   * @param values the parameters that were judged
   */
  public record Found(double loss, Map<String, Double> metrics, Map<String, Tensor> values) {}

  public void on(Supplier<? extends Iterable<Batch>> newData, int newPatience) {
    data = newData;
    patience = newPatience;
  }

  public void add(Gauge gauge) {
    gauges.add(gauge);
  }

  public void judgeBy(String metric, boolean largest) {
    judge = metric;
    largestIsBest = largest;
  }

  public void everyUpdates(long count) {
    updates = count;
  }

  public void everyEpochs(int count) {
    updates = 0;
    epochs = count;
  }

  public void judgeAverages() {
    averages = true;
  }

  public boolean isGiven() {
    return data != null;
  }

  public int patience() {
    return patience;
  }

  /** Returns whether to look after so many updates. */
  public boolean isDueAfterUpdate(long made) {
    return isGiven() && made > 0 && updates > 0 && made % updates == 0;
  }

  /** Returns whether to look after an epoch. */
  public boolean isDueAfterEpoch(int epoch) {
    return isGiven() && updates == 0 && epoch % epochs == 0;
  }

  /**
   * Refuses a judge that does not exist, and settings for data that are not given.
   *
   * @param kept the names of what the step keeps
   */
  public void check(Supplier<Set<String>> kept) {
    boolean set = !gauges.isEmpty() || !judge.isEmpty() || updates > 0 || epochs > 1 || averages;
    checkArgument(
        isGiven() || !set,
        "metrics, judges and averages look at validation data: give them by validation(...)");
    List<String> names = names();
    Set<String> different = new HashSet<>();
    for (String name : names) {
      checkArgument(different.add(name), "the metric %s is given twice", name);
    }
    checkArgument(
        judge.isEmpty() || names.contains(judge),
        "there is no metric '%s' to judge by, only %s",
        judge,
        names);
    checkArgument(
        !averages || kept.get().stream().anyMatch(name -> name.endsWith("/" + Averaged.SLOT)),
        "there are no averages to judge: wrap the optimizer in Averaged, or leave out"
            + " judgeAverages()");
  }

  /** Returns the names of the metrics: with the output before it, where two have the same. */
  private List<String> names() {
    List<String> own = gauges.stream().map(gauge -> gauge.make().name()).toList();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      boolean alone = Collections.frequency(own, own.get(i)) == 1;
      names.add(alone ? own.get(i) : gauges.get(i).output() + "/" + own.get(i));
    }
    return names;
  }

  /** Looks at the data; returns null where training was stopped meanwhile. */
  public Found look(GuardedEngine step, BooleanSupplier stopped) {
    Map<String, Tensor> own = step.weights().values(step.model());
    if (!averages) {
      return look(step, own, stopped);
    }
    Map<String, Tensor> judged = AveragedValues.of(step);
    step.weights().setAll(step.model(), judged);
    try {
      return look(step, judged, stopped);
    } finally {
      step.weights().setAll(step.model(), own);
    }
  }

  private Found look(GuardedEngine step, Map<String, Tensor> values, BooleanSupplier stopped) {
    LossMeans loss = new LossMeans();
    List<Metric> metrics = gauges.stream().map(Gauge::make).toList();
    for (Batch batch : checkNotNull(data.get(), "the validation data are null")) {
      checkNotNull(batch, "a batch of the validation data is null");
      if (stopped.getAsBoolean()) {
        return null;
      }
      step.evaluate(batch, loss);
      for (int i = 0; i < metrics.size(); i++) {
        try {
          gauges.get(i).add(metrics.get(i), step, batch);
        } catch (IllegalArgumentException e) {
          String name = metrics.get(i).name();
          throw new IllegalArgumentException("the metric " + name + ": " + e.getMessage(), e);
        }
      }
    }
    checkArgument(!loss.isEmpty(), "the validation data have no batches");
    checkArgument(
        loss.counts(),
        "nothing counts in the validation data, and nothing can be judged by them: look at their"
            + " weights and masks");
    if (!Double.isFinite(loss.total())) {
      throw new ArithmeticException(
          "the loss on the validation data is "
              + loss.total()
              + ": look for NaN in them, or try a smaller learning rate");
    }
    Map<String, Double> found = new LinkedHashMap<>();
    List<String> names = names();
    for (int i = 0; i < metrics.size(); i++) {
      found.put(names.get(i), metrics.get(i).value());
    }
    return new Found(loss.total(), found, values);
  }

  /** Returns what judges. */
  public double judged(Found found) {
    return judge.isEmpty() ? found.loss() : found.metrics().get(judge);
  }

  /** Returns what judges, the smaller the better. */
  public double smallIsGood(Found found) {
    return largestIsBest ? -judged(found) : judged(found);
  }

  /** Returns all but the data, as text. */
  @Override
  public String toString() {
    if (!isGiven()) {
      return "none";
    }
    return "every "
        + (updates > 0 ? updates + " updates" : epochs + " epochs")
        + (patience == Integer.MAX_VALUE ? "" : ", patience " + patience)
        + (judge.isEmpty() ? "" : ", " + (largestIsBest ? "largest " : "smallest ") + judge)
        + (averages ? ", averages" : "");
  }
}
