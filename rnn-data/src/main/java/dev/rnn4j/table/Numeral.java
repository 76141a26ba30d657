package dev.rnn4j.table;

/**
 * Numbers as people write them: a sign, digits in groups of three or not, a decimal mark, an
 * exponent. Groups are parted by the other one of point and comma, a blank, or an apostrophe.
 */
final class Numeral {
  private static final String GROUP_MARKS = " \u00a0\u2009\u202f'\u2019";
  private static final char MINUS = '\u2212';

  private Numeral() {}

  /** Returns whether a text is a number with this decimal mark, a point or a comma. */
  static boolean reads(String text, char decimal) {
    int length = text.length();
    int at = length > 0 && isSign(text.charAt(0)) ? 1 : 0;
    int whole = digitsFrom(text, at);
    int end = at + whole;
    boolean grouped = false;
    if (whole > 0 && whole <= 3 && end < length && isGroupMark(text.charAt(end), decimal)) {
      char mark = text.charAt(end);
      while (end < length && text.charAt(end) == mark && digitsFrom(text, end + 1) == 3) {
        end += 4;
        grouped = true;
      }
      grouped &= text.charAt(at) != '0';
      if (!grouped) {
        return false;
      }
    }
    int fraction = 0;
    if (end < length && text.charAt(end) == decimal) {
      fraction = digitsFrom(text, end + 1);
      end += 1 + fraction;
    }
    if (whole + fraction == 0) {
      return false;
    }
    if (!grouped && end < length && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int sign = end + 1 < length && isSign(text.charAt(end + 1)) ? 1 : 0;
      int exponent = digitsFrom(text, end + 1 + sign);
      end += exponent == 0 ? 0 : 1 + sign + exponent;
    }
    return end == length;
  }

  /** Returns the value of a text that is a number with this decimal mark, infinite if too large. */
  static double value(String text, char decimal) {
    boolean plain = true;
    for (int i = 0; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain =
          isDigit(c) || c == '-' || c == 'e' || c == 'E' || c == '+' || c == '.' && decimal == c;
    }
    return Double.parseDouble(plain ? text : javas(text, decimal));
  }

  private static String javas(String text, char decimal) {
    StringBuilder javas = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == decimal) {
        javas.append('.');
      } else if (c == MINUS) {
        javas.append('-');
      } else if (!isGroupMark(c, decimal)) {
        javas.append(c);
      }
    }
    return javas.toString();
  }

  private static int digitsFrom(String text, int from) {
    int to = from;
    while (to < text.length() && isDigit(text.charAt(to))) {
      to++;
    }
    return to - from;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isSign(char c) {
    return c == '-' || c == '+' || c == MINUS;
  }

  private static boolean isGroupMark(char c, char decimal) {
    return c == (decimal == '.' ? ',' : '.') || GROUP_MARKS.indexOf(c) >= 0;
  }
}
