package dev.rnn4j.examples.forecast.judge;

import dev.rnn4j.examples.forecast.choose.Choices;
import dev.rnn4j.examples.forecast.choose.Fitted;
import dev.rnn4j.examples.forecast.choose.NetworkSearch;
import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.forecast.Outlook;
import dev.rnn4j.table.DataException;
import java.util.List;

/**
 * All that a run found, for what tells of it.
 *
 * @param choices what was chosen, and from what
 * @param plan what networks were tried
 * @param part the table, cut between what is known and what is unseen
 * @param fitted the model
 * @param judgement how good it is on the unseen rows
 * @param backtest from several origins in the unseen rows, if somebody asked for it
 * @param next what follows the table
 * @param withoutNext why nothing does, empty where something does
 */
public record Findings(
    Choices choices,
    NetworkSearch.Plan plan,
    Part part,
    Fitted fitted,
    Judgement judgement,
    Backtest backtest,
    List<Outlook> next,
    String withoutNext) {
  /** Returns whether somebody stopped the run before its end. */
  public boolean isStopped() {
    return fitted.isStopped() || backtest.stopped();
  }

  /** Returns what one should know of what follows the table, a sentence each. */
  public List<String> remarks() {
    return next.isEmpty() ? List.of() : fitted.model().remarksOf(choices.table(), next);
  }

  /** Judges a model, and asks it for what follows the table. */
  public static Findings of(
      Choices choices, NetworkSearch.Plan plan, Part part, Fitted fitted, Backtest backtest) {
    Judgement judgement = Judgement.of(choices, part, fitted.model());
    try {
      List<Outlook> next = fitted.model().nextOf(choices.table());
      return new Findings(choices, plan, part, fitted, judgement, backtest, next, "");
    } catch (DataException e) {
      return new Findings(
          choices, plan, part, fitted, judgement, backtest, List.of(), e.getMessage());
    }
  }
}
