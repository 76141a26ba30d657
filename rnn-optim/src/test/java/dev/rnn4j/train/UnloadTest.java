package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that takes an application away wants its classes and threads gone. */
@Timeout(300)
class UnloadTest {
  /**
   * Its class loader is collected, on any JDK. JDKs from 19 on remember types of records by soft
   * references, which stay until memory is short; here they do not stay.
   */
  @ParameterizedTest
  @ValueSource(strings = "--add-modules=jdk.incubator.vector")
  void nothingStaysOfAnApplicationThatIsGone(String option) throws Exception {
    List<String> options = new ArrayList<>(List.of("-Xmx256m", "-XX:SoftRefLRUPolicyMSPerMB=0"));
    if (!option.isEmpty()) {
      options.add(option);
    }
    String output = MemoryTest.run(UnloadTrial.class, options, "200");
    assertTrue(output.endsWith("done" + System.lineSeparator()), output);
  }
}
