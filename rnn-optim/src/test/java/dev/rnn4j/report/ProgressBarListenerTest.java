package dev.rnn4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.train.EpochResult;
import dev.rnn4j.train.History;
import dev.rnn4j.train.UpdateResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressBarListenerTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  /** Returns the last line that was drawn. */
  private String last() {
    String all = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(all.endsWith(System.lineSeparator()), all);
    String[] lines = all.strip().split("\r");
    return lines[lines.length - 1];
  }

  @Test
  void endsWithAllThatWasDone() {
    History history = Histories.small(true);
    ProgressBarListener bar = ProgressBarListener.to(out, 90);
    Histories.replay(history, bar);
    String line = last();
    assertTrue(line.startsWith("epoch 2/2 100% [===="), line);
    assertTrue(line.contains("] loss 0.7500 val 1.250 rate 0.0500 "), line);
    assertTrue(line.matches(".*/s [0-9:]+"), line);
  }

  @Test
  void knowsThePartFromTheSecondEpochOn() {
    ProgressBarListener bar = ProgressBarListener.to(out, 79);
    Under training = new Under(4, 0);
    bar.onStart(training);
    training.at(1, 1, Double.NaN);
    bar.onUpdate(new UpdateResult(1, 0, 3, 1, 0.5));
    training.at(1, 2, 0.25);
    bar.onUpdate(new UpdateResult(1, 1, 1, 1, 0.5));
    bar.onEpoch(new EpochResult(1, 2, 2, 1, Double.NaN, true));
    training.at(2, 3, 0.375);
    bar.onUpdate(new UpdateResult(2, 2, 8, 1, 0.5));
    bar.onEnd(new History(List.of(), List.of(), History.Ending.STOPPED));
    String line = last();
    assertTrue(line.startsWith("epoch 2/4  37% [="), line);
    assertTrue(line.contains("] loss 8.000 rate 0.500 "), line);
    assertTrue(line.length() <= 79, line);
  }

  @Test
  void goesOnAtTheEndOfAnEpoch() {
    ProgressBarListener bar = ProgressBarListener.to(out, 90);
    History earlier = Histories.beforeTheEnd();
    bar.onStart(new Under(2, 0).at(2, 4, 1).after(earlier));
    bar.onEpoch(Histories.small(false).epochs().get(1));
    bar.onEnd(earlier);
    String line = last();
    assertTrue(line.startsWith("epoch 2/2 100% [===="), line);
    assertTrue(line.contains("] loss 0.7500 rate 0.0500 0/s "), line);
  }

  @Test
  void countsTheUpdatesBeforeInTheLossOfAnEpochAlone() {
    ProgressBarListener bar = ProgressBarListener.to(out, 90);
    History small = Histories.small(false);
    History earlier =
        new History(
            small.updates().subList(0, 3),
            small.epochs().subList(0, 1),
            List.of(),
            History.Ending.UNDER_WAY);
    Under training = new Under(2, 0).at(2, 3, 0.75).after(earlier);
    bar.onStart(training);
    training.at(2, 4, 1);
    bar.onUpdate(small.updates().get(3));
    bar.onEnd(small);
    assertTrue(last().contains("] loss 0.7500 rate 0.0500 "), last());
  }

  @Test
  void goesOnWithTheLastLook() {
    ProgressBarListener bar = ProgressBarListener.to(out, 90);
    History looked = Histories.lookedWithin();
    History earlier =
        new History(
            looked.updates().subList(0, 3),
            looked.epochs().subList(0, 1),
            looked.validations().subList(0, 2),
            History.Ending.UNDER_WAY);
    Under training = new Under(2, 0).at(2, 3, 0.75).after(earlier);
    bar.onStart(training);
    training.at(2, 4, 1);
    bar.onUpdate(looked.updates().get(3));
    bar.onEnd(looked);
    assertTrue(last().contains("] loss 0.7500 val 2.500 accuracy 0.5000 rate 0.0500 "), last());
  }

  @Test
  void endsWithALook() {
    ProgressBarListener bar = ProgressBarListener.to(out, 90);
    History looked = Histories.lookedWithin();
    Under training = new Under(2, 0).at(1, 1, 0.25);
    bar.onStart(training);
    bar.onUpdate(looked.updates().get(0));
    bar.onValidation(looked.validations().get(0));
    bar.onEnd(looked);
    assertTrue(last().contains("] loss 4.000 val 3.000 accuracy 0.2500 rate 0.100 "), last());
  }

  @Test
  void endsWithoutAnyUpdate() {
    ProgressBarListener bar = ProgressBarListener.to(out, 79);
    bar.onStart(new Under(0, 0));
    bar.onEnd(new History(List.of(), List.of(), History.Ending.FINISHED));
    assertEquals("", bytes.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void refusesAWidthThatIsNone() {
    assertThrows(IllegalArgumentException.class, () -> ProgressBarListener.to(out, 0));
  }
}
