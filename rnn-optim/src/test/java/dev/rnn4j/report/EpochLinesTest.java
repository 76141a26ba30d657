package dev.rnn4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.train.History;
import dev.rnn4j.train.TrainingListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpochLinesTest {
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
}
