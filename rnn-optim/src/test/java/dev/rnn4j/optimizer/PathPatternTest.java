package dev.rnn4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
  @ParameterizedTest
  @CsvSource({
    "encoder, encoder",
    "encoder, encoder.cell.gate.bias",
    "encoder.*, encoder.cell.gate.bias",
    "*, encoder",
    "**, encoder.cell",
    "**.bias, bias",
    "**.bias, encoder.cell.bias",
    "**.cell, a.b.cell.gate.bias",
    "layers.*.cell, layers.3.cell.gate.weightIh",
    "layers.**.bias, layers.bias",
    "layers.**.bias, layers.0.gate.bias",
    "**.a.**.b, x.a.a.y.b.c"
  })
  void fits(String pattern, String path) {
    assertTrue(PathPattern.of(pattern).fits(path));
  }

  @ParameterizedTest
  @CsvSource({
    "enc, encoder",
    "encoder.cell, encoder",
    "encoder.*, encoder",
    "**.bias, encoder.weight",
    "bias, encoder.bias",
    "layers.*.cell, layers.cell",
    "**.a.b, a.c.b"
  })
  void doesNotFit(String pattern, String path) {
    assertFalse(PathPattern.of(pattern).fits(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a..b", ".a", "a.", "a*", "***", "a.*b"})
  void isNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> PathPattern.of(text));
  }

  @Test
  void theLongestCountsAndOfEqualOnesTheLast() {
    Sgd sgd = Sgd.rate(1).rate("encoder", 2).rate("encoder.cell", 3).rate("**", 4).rate("*.*", 5);
    assertEquals(3, sgd.at(List.of("encoder.cell.bias")).rate());
    assertEquals(2, sgd.at(List.of("encoder.other")).rate());
    assertEquals(5, sgd.at(List.of("head.bias")).rate());
    assertEquals(4, sgd.at(List.of("bias")).rate());
    Sgd tie = Sgd.rate(1).rate("encoder", 2).rate("**.bias", 3);
    assertEquals(3, tie.at(List.of("encoder.bias")).rate());
    assertEquals(2, tie.rate("encoder", 2).at(List.of("encoder.bias")).rate());
    assertEquals(3, tie.at(List.of("head.bias")).rate());
  }
}
