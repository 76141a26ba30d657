package dev.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.examples.CommandLineFixture.Result;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What scenarios print, beside the text of the documents. */
class PrintTest {
  @Test
  void catFishPrintsLossAndPrediction() {
    assertEquals(
        """
        0.07928419765309697
        [[0.9684255]]
        """,
        printed("cat-fish --epochs 1"));
  }

  @Test
  void countingLinearPrintsAsItsDocument() {
    String printed = printed("counting-linear --wx 0.9999999999893574 --wrec 1.0000000000087403");
    assertTrue(
        printed.startsWith(
            """

            Current Epoch:  0   current predition : [1. 2. 3.]

            Current Epoch:  1000   current predition : [1. 2. 3.]

            Current Epoch:  2000   current predition : [1. 2. 3.]
            """),
        printed);
    assertTrue(
        printed.endsWith(
            """
            Ground Truth:  [1. 2. 3.]
            Rounded Truth:  [1. 2. 3.]
            Final weight X :  [1.]
            Final weight Rec :  [1.]
            """),
        printed);
  }

  @Test
  void countingSigmoidPrintsAsItsDocument() {
    String printed = printed("counting-sigmoid");
    // The last digits of the costs are those of another order of summation.
    assertTrue(
        printed.contains("Current iter :  14000  Current cost:  0.095039045732590"), printed);
    assertTrue(
        printed.endsWith(
            """
            Final output Raw:  [1.36735465 1.61291427 3.01809184]
            Final output Rounded:  [1. 2. 3.]
            Ground Truth :  [[1 2 3]]
            """),
        printed);
  }

  @Test
  void stackedSequencePrintsAsItsDocument() {
    String printed = printed("stacked-sequence");
    assertTrue(printed.startsWith("Loss 1: 641.42959744438"), printed);
    assertTrue(
        printed.endsWith(
            """
            [52.86525189 52.93442906 52.93389858 52.9336197  52.93332997 52.93295864
             52.93248346 52.93188872 52.93113802 52.93017165]
            [60 52 52 53 52 50 52 56 54 57]
            [52.85779326 52.92445304 52.92346299 52.92434006 52.9245707  52.92409876
             52.92292779 52.92115118 52.9185935  52.91504262]
            [60 52 52 53 52 50 52 56 54 57]
            """),
        printed);
  }

  @Test
  void simpleRnnPrintsAsItsDocument() {
    String printed = printed("simple-rnn");
    assertTrue(
        printed.startsWith(
            """
            [[0.79483716 0.81815261 0.839056   0.85545658]]
            [[0.79497284 0.81839951 0.83938892 0.85583371]]
            [[0.79513154 0.81868106 0.83976521 0.85625949]]
            [[[0.         0.         0.         0.        ]]

             [[0.76188798 0.76213958 0.76239095 0.76255841]]

             [[0.792209   0.8141834  0.83404912 0.84977719]]

             [[0.79494228 0.81839002 0.83939649 0.85584174]]]
            [[0.79494228 0.81839002 0.83939649 0.85584174]]
            """),
        printed);
  }

  @Test
  void classifierPrintsProbabilitiesAndUpdatedWeights() {
    String printed = printed("classifier --rate 0.01 --epochs 1");
    assertTrue(
        printed.startsWith(
            """
            Output probabilities: [[0.50018301 0.49981699]
             [0.4998624  0.5001376 ]
            """),
        printed);
    assertTrue(printed.contains("Updated weights Wx: [[ 0.01765"), printed);
    assertTrue(printed.contains("Updated weights Wh: [["), printed);
  }

  @Test
  void doctorNamesKernelsAndWhy() {
    String printed = printed("doctor");
    assertTrue(printed.contains(Runtime.version().toString()), printed);
    assertTrue(printed.contains("float64"), printed);
    assertTrue(printed.contains("because"), printed);
  }

  @Test
  void optionsWithoutEffectSaySo() {
    assertTrue(
        printed("simple-rnn --seed 3 --epochs 5")
            .startsWith(
                """
                --seed has no effect on simple-rnn: all numbers are given
                --epochs has no effect on simple-rnn: nothing is trained
                """));
    assertTrue(
        printed("counting-linear --epochs 1 --seed 1")
            .startsWith("--seed has no effect on counting-linear: "));
    assertTrue(
        printed("doctor --precision float32").contains("--precision has no effect on doctor"));
    assertFalse(printed("sequence-classifier --help").contains("--epochs"));
    assertTrue(printed("forecast --help").contains("--epochs"));
  }

  @Test
  void listNamesEveryScenarioInALine() {
    String printed = printed("list");
    assertEquals(Main.commandLine().getSubcommands().size(), printed.lines().count());
    assertTrue(printed.contains("counting-sigmoid     001, second half: "), printed);
    for (String name : Main.commandLine().getSubcommands().keySet()) {
      assertTrue(printed.contains(name + " "), name);
    }
  }

  @Test
  void helpShowsScenariosAndTheirOptions() {
    assertTrue(printed("--help").contains("Usage: rnn-examples"));
    String help = printed("stacked-sequence --help");
    for (String option : new String[] {"--seed", "--epochs", "--precision", "--report", "--rate"}) {
      assertTrue(help.contains(option), help);
    }
  }

  /** A percent sign alone makes picocli warn, and print the text as it is written in the source. */
  @Test
  void helpIsFormattedWithoutWarnings() {
    requireFormats(Main.commandLine());
  }

  private static void requireFormats(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    List<String> texts = new ArrayList<>();
    Command own = spec.userObject().getClass().getAnnotation(Command.class);
    if (own != null) {
      texts.addAll(List.of(own.description()));
      texts.addAll(List.of(own.footer()));
    }
    for (ArgSpec arg : spec.args()) {
      if (arg.userObject() instanceof AnnotatedElement element) {
        Option option = element.getAnnotation(Option.class);
        Parameters parameters = element.getAnnotation(Parameters.class);
        texts.addAll(List.of(option == null ? parameters.description() : option.description()));
      }
    }
    assertFalse(texts.isEmpty(), spec.name());
    for (String text : texts) {
      assertDoesNotThrow(() -> String.format(text), text);
    }
    command.getSubcommands().values().forEach(PrintTest::requireFormats);
  }

  private static String printed(String command) {
    Result result = CommandLineFixture.run(command);
    assertEquals(0, result.code(), result.err());
    assertEquals("", result.err());
    return result.out();
  }
}
