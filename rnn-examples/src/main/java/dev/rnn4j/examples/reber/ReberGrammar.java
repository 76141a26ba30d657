package dev.rnn4j.examples.reber;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The embedded Reber grammar (Hochreiter and Schmidhuber, "Long short-term memory", 1997, section
 * 5.1): B, then T or P, then a string of Reber's grammar, then the same T or P again, then E.
 */
final class ReberGrammar {
  /** The symbols, each an input and an output of a network. */
  static final String SYMBOLS = "BTPSXVE";

  /** What may follow in each state of Reber's grammar, and which state then. */
  private static final String[] SYMBOL = {"TP", "SX", "TV", "XS", "PV"};

  private static final int[][] STATE = {{1, 2}, {1, 3}, {2, 4}, {2, 5}, {3, 5}};
  private static final int END = 5;

  /**
   * A string, and for each of its symbols but the last one what may follow.
   *
   * @param symbols {@code BTBTXSETE}, for example
   * @param legal the possible next symbols after each: {@code TP}, {@code B}, ...
   */
  record Reber(String symbols, List<String> legal) {
    /** Returns how many symbols have one that follows. */
    int length() {
      return legal.size();
    }

    /** Returns the index of a symbol. */
    int symbol(int position) {
      return SYMBOLS.indexOf(symbols.charAt(position));
    }

    /** Returns the place of the symbol before the outer T or P that is to be remembered. */
    int outer() {
      return length() - 2;
    }
  }

  private ReberGrammar() {}

  static Reber draw(RandomGenerator random) {
    StringBuilder symbols = new StringBuilder("B");
    List<String> legal = new ArrayList<>();
    String outer = pick("TP", random);
    follow("TP", outer, symbols, legal);
    follow("B", "B", symbols, legal);
    for (int state = 0; state != END; ) {
      int way = random.nextInt(2);
      follow(SYMBOL[state], SYMBOL[state].substring(way, way + 1), symbols, legal);
      state = STATE[state][way];
    }
    follow("E", "E", symbols, legal);
    follow(outer, outer, symbols, legal);
    follow("E", "E", symbols, legal);
    return new Reber(symbols.toString(), legal);
  }

  private static String pick(String of, RandomGenerator random) {
    int at = random.nextInt(of.length());
    return of.substring(at, at + 1);
  }

  private static void follow(String may, String symbol, StringBuilder symbols, List<String> legal) {
    legal.add(may);
    symbols.append(symbol);
  }
}
