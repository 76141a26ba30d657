package dev.rnn4j.examples.forecast.page;

import dev.rnn4j.examples.forecast.choose.Choices;
import dev.rnn4j.examples.forecast.judge.Findings;
import dev.rnn4j.examples.forecast.report.ChoiceText;
import dev.rnn4j.train.EpochResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** What was chosen and what the alternatives scored, and how losses fell. */
final class Chosen {
  private static final List<String> STYLES = List.of("model", "base", "actual");

  private Chosen() {}

  static Markup choices(Findings findings) {
    ChoiceText text = new ChoiceText(findings.choices(), findings.plan());
    List<Markup> parts = new ArrayList<>();
    int origins = findings.choices().wanted().origins().folds().size();
    if (origins > 0) {
      parts.add(
          Markup.of(
              "p",
              "All choices are made in the first 80 % of the rows, from "
                  + origins
                  + " origins: what is before one is learnt from, what follows it is forecast. The"
                  + " last 20 % took no part in them."));
    }
    text.linear()
        .ifPresent(
            grid -> {
              parts.add(Cells.table(grid));
              parts.add(Markup.of("p", sentence(text.chosenLinear())));
            });
    text.networks().ifPresent(grid -> parts.add(Cells.table(grid)));
    parts.add(Markup.of("p", sentence(text.chosenNetwork())));
    text.narrowIntervals().ifPresent(said -> parts.add(Markup.of("p", sentence(said))));
    return Markup.all(parts);
  }

  private static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }

  /** Returns how losses fell over the epochs of the search, and of the last training. */
  static Markup losses(Findings findings) {
    List<Markup> parts = new ArrayList<>();
    Map<Integer, List<Double>> tried = findings.choices().network().losses();
    if (!tried.isEmpty()) {
      parts.add(search(findings, tried));
    }
    List<EpochResult> epochs = findings.fitted().history().epochs();
    if (findings.fitted().isLinear()) {
      parts.add(
          Markup.of("p", "The model is linear, and was solved for: it has no epochs of its own."));
    } else if (epochs.isEmpty()) {
      parts.add(Markup.of("p", "Training was stopped in its first epoch."));
    } else {
      double[] losses = epochs.stream().mapToDouble(EpochResult::loss).toArray();
      parts.add(
          new Chart(
                  "Loss of the networks that were kept, on what they learnt from",
                  numbers(1, losses.length),
                  Scale.of(losses))
              .line("model", "", losses)
              .dots("model", "", losses)
              .markup());
    }
    return Markup.all(parts);
  }

  private static Markup search(Findings findings, Map<Integer, List<Double>> tried) {
    Choices choices = findings.choices();
    ChoiceText text = new ChoiceText(choices, findings.plan());
    double[][] curves =
        tried.values().stream()
            .map(losses -> losses.stream().mapToDouble(text::error).toArray())
            .toArray(double[][]::new);
    Chart chart =
        new Chart(
            text.unit() + " after so many epochs, on known rows that were not learnt from",
            numbers(0, curves[0].length - 1),
            Scale.of(curves));
    int i = 0;
    for (int hidden : tried.keySet()) {
      chart.line(STYLES.get(i % STYLES.size()), hidden + " hidden units", curves[i++]);
    }
    double[] chosen = new double[curves[0].length];
    Arrays.fill(chosen, Double.NaN);
    int curve = List.copyOf(tried.keySet()).indexOf(choices.network().hidden());
    int epochs = choices.network().epochs();
    chosen[epochs] = curves[curve][epochs];
    return chart.dots("chosen", "chosen", chosen).markup();
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }
}
