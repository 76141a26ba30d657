package dev.rnn4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.train.EpochResult;
import dev.rnn4j.train.History;
import dev.rnn4j.train.TrainingListener;
import dev.rnn4j.train.UpdateResult;
import dev.rnn4j.train.ValidationResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpochLinesTest {
  private static final ValidationResult LOOK =
      new ValidationResult(2, 4, 0.875, Map.of("mae", 0.5), true);

  @Test
  void anEpochIsALine() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    TrainingListener lines = ProgressBarListener.to(out);
    assertInstanceOf(EpochLines.class, lines);
    History history = Histories.small(true);
    Histories.replay(history, lines);
    List<String> written = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(2, written.size());
    assertTrue(written.get(0).startsWith("epoch 1/2 loss 3.000 val 2.500 rate 0.100 00:0"));
    assertTrue(written.get(1).startsWith("epoch 2/2 loss 0.7500 val 1.250 rate 0.0500 00:0"));
  }

  @Test
  void aTrainingMayGoOnAtTheEndOfAnEpoch() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EpochLines lines = EpochLines.to(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    History earlier = Histories.beforeTheEnd();
    lines.onStart(new Under(2, 0).at(2, 4, 1).after(earlier));
    lines.onEpoch(Histories.small(false).epochs().get(1));
    String line = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(line.startsWith("epoch 2/2 loss 0.7500 rate 0.0500 00:0"), line);
  }

  @Test
  void aTrainingMayGoOnWithALook() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EpochLines lines = EpochLines.to(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    lines.onStart(new Under(3, 0).at(2, 4, 0.5).after(Histories.beforeTheEnd()));
    lines.onValidation(new ValidationResult(2, 4, 0.875, Map.of(), true));
    lines.onUpdate(new UpdateResult(2, 4, 0.25, 1, 0.025));
    String line = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(line.startsWith("epoch 2/3 loss 0.7500 val 0.8750 rate 0.0500 00:0"), line);
  }

  /** Returns the history of a run that ended behind its second look within the second epoch. */
  private static History endedBehindALook() {
    History before = Histories.beforeTheEnd();
    ValidationResult earlier = new ValidationResult(2, 3, 1, Map.of("mae", 1.0), true);
    return new History(
        before.updates(), before.epochs(), List.of(earlier, LOOK), History.Ending.UNDER_WAY);
  }

  @Test
  void aTrainingMayGoOnBehindALook() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EpochLines lines = EpochLines.to(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    lines.onStart(new Under(3, 0).at(2, 4, 0.5).after(endedBehindALook()));
    lines.onUpdate(new UpdateResult(2, 4, 0.25, 1, 0.025));
    String line = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(line.startsWith("epoch 2/3 loss 0.5000 val 0.8750 mae 0.5000 rate 0.0500"), line);
  }

  @Test
  void aTrainingMayGoOnBehindTheLookOfAnEpoch() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EpochLines lines = EpochLines.to(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    lines.onStart(new Under(2, 0).at(2, 4, 1).after(endedBehindALook()));
    lines.onEpoch(new EpochResult(2, 2, 0.75, 0.75, 0.875, true));
    lines.onEnd(Histories.small(true));
    List<String> written = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(1, written.size());
    assertTrue(written.get(0).startsWith("epoch 2/2 loss 0.7500 val 0.8750 mae 0.5000 rate 0.050"));
  }

  @Test
  void aLookThatNoUpdateFollowsIsShownAtTheEnd() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EpochLines lines = EpochLines.to(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    lines.onStart(new Under(3, 0).at(2, 4, 0.5).after(Histories.beforeTheEnd()));
    lines.onValidation(LOOK);
    lines.onEnd(Histories.beforeTheEnd());
    String line = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(line.startsWith("epoch 2/3 loss 0.7500 val 0.8750 mae 0.5000 rate 0.0500"), line);
  }
}
