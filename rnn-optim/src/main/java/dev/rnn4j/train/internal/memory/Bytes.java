package dev.rnn4j.train.internal.memory;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory in words: {@code 64MB}, in multiples of 1024 as the JVM counts them. */
public final class Bytes {
  private static final Pattern FORM =
      Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?)\\s*([kKmMgG]?)(?:i?[bB])?\\s*");

  private Bytes() {}

  /** Reads an amount. */
  public static long parse(String text) {
    Matcher form = FORM.matcher(text);
    checkArgument(form.matches(), "'%s' is no amount of memory; 64MB is one, and 1.5GB", text);
    double bytes =
        Double.parseDouble(form.group(1))
            * switch (form.group(2).toLowerCase(Locale.ROOT)) {
              case "k" -> 1 << 10;
              case "m" -> 1 << 20;
              case "g" -> 1 << 30;
              default -> 1;
            };
    checkArgument(bytes >= 1 && bytes < 0x1p62, "'%s' is no amount that there can be", text);
    return (long) bytes;
  }

  /** Returns an amount as text, rounded up. */
  public static String text(long bytes) {
    return bytes < 1 << 20 ? up(bytes, 1 << 10) + " kB" : up(bytes, 1 << 20) + " MB";
  }

  private static long up(long bytes, long unit) {
    return (bytes + unit - 1) / unit;
  }
}
