package dev.rnn4j.examples.forecast.report;

import dev.rnn4j.examples.forecast.judge.Comparison;
import dev.rnn4j.examples.forecast.judge.Judgement;
import dev.rnn4j.examples.forecast.judge.Score;
import dev.rnn4j.report.Readable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a model compares with the best baseline, in a sentence. */
public final class VerdictText {
  /** A difference is told from this share on. */
  private static final double SAME = 0.005;

  private VerdictText() {}

  /** Returns a sentence for each target; of several, each begins with its name. */
  public static List<String> of(Judgement judgement) {
    List<String> targets = judgement.targets();
    List<String> sentences = new ArrayList<>();
    for (String target : targets) {
      String name = targets.size() > 1 ? target + ": " : "";
      of(judgement.scores(target)).ifPresent(sentence -> sentences.add(name + sentence));
    }
    return sentences;
  }

  /** Returns the sentence of the scores of one target, none where there is no baseline. */
  public static Optional<String> of(Map<String, Score> scores) {
    return Comparison.best(scores)
        .map(name -> of(scores.get(Comparison.NETWORK), name, scores.get(name)));
  }

  /** Returns how the model compares with the best baseline. */
  static String of(Score model, String name, Score best) {
    double less = 1 - model.rmse() / best.rmse();
    if (best.rmse() == 0 && model.rmse() > 0) {
      return "On rows that it has not seen, the best baseline, "
          + name
          + ", makes no error, and the model does. Forecast with the simpler one.";
    }
    if (best.rmse() == 0 || Math.abs(less) < SAME) {
      return "On rows that it has not seen, the model is as good as the best baseline, "
          + name
          + ", and not better.";
    }
    String share = Readable.of(100 * Math.abs(less), 2) + " %";
    return less > 0
        ? "On rows that it has not seen, the error of the model is "
            + share
            + " smaller than that of the best baseline, "
            + name
            + "."
        : "On rows that it has not seen, the best baseline, "
            + name
            + ", is better: the error of the model is "
            + share
            + " larger. Forecast with the simpler one, or give the model more rows or columns.";
  }
}
