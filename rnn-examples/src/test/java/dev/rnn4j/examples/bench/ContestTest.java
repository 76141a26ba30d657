package dev.rnn4j.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is compared in speed computes the same. */
class ContestTest {
  static List<Contest> contests() {
    return Contest.all();
  }

  @ParameterizedTest
  @MethodSource("contests")
  void planAndPlainJavaTrainAlike(Contest contest) {
    for (int update = 0; update < 200; update++) {
      double plain = contest.plain().getAsDouble();
      double plan = contest.plan().getAsDouble();
      assertEquals(plain, plan, 1e-9 * Math.abs(plain) + 1e-12, "update " + update);
    }
  }
}
