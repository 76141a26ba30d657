package dev.rnn4j.examples.snippets;

import dev.rnn4j.examples.CommandLineFixture;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs the commands of console blocks in this process. */
final class Console {
  /** What stands for anything in a block: what differs from computer to computer. */
  static final String ANYTHING = "[...]";

  private static final Pattern SCENARIO =
      Pattern.compile("(?:mvn .*-Dexec\\.args=\"(.*)\"|java .*-jar \\S+rnn-examples\\.jar (.*))");
  private static final Pattern SNIPPET = Pattern.compile("mvn .*-Dexec\\.mainClass=(\\S+).*");
  private static final Pattern PROPERTY = Pattern.compile("-D(rnn\\.\\w+)=(\\S+)");

  private Console() {}

  /** Returns a block with what its commands print now. */
  static String rerun(String block) throws ReflectiveOperationException {
    StringBuilder text = new StringBuilder();
    for (String line : block.lines().filter(line -> line.startsWith("$ ")).toList()) {
      text.append(line).append('\n').append(run(line.substring(2)));
    }
    return text.toString();
  }

  /** Returns whether a block shows a text, but for what stands for anything. */
  static boolean shows(String block, String text) {
    String pattern =
        Arrays.stream(block.split(Pattern.quote(ANYTHING), -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("(?s:.*)"));
    return text.matches(pattern);
  }

  private static String run(String command) throws ReflectiveOperationException {
    Matcher scenario = SCENARIO.matcher(command);
    if (scenario.matches()) {
      String arguments = scenario.group(1) == null ? scenario.group(2) : scenario.group(1);
      CommandLineFixture.Result result = CommandLineFixture.run(arguments);
      return result.out() + result.err();
    }
    Matcher snippet = SNIPPET.matcher(command);
    if (!snippet.matches()) {
      throw new AssertionError("no test can run '" + command + "': show it in an sh block");
    }
    Matcher property = PROPERTY.matcher(command);
    if (!property.find()) {
      return main(snippet.group(1));
    }
    System.setProperty(property.group(1), property.group(2));
    try {
      return main(snippet.group(1));
    } finally {
      System.clearProperty(property.group(1));
    }
  }

  private static String main(String className) throws ReflectiveOperationException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Class.forName(className)
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
