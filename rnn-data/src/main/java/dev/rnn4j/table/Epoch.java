package dev.rnn4j.table;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/** Moments in UTC as a number, counted from 1 January 1970. */
enum Epoch implements DateReader {
  SECONDS("epoch-seconds", 0),
  MILLIS("epoch-millis", 3);

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

  private final String name;
  private final int digits;

  Epoch(String name, int digits) {
    this.name = name;
    this.digits = digits;
  }

  @Override
  public boolean isForm(String cell) {
    return NUMBER.matcher(cell).matches();
  }

  @Override
  public Moment read(String cell) {
    if (!isForm(cell)) {
      throw new DateTimeException("not of this form");
    }
    BigDecimal[] parts =
        new BigDecimal(cell).movePointLeft(digits).divideAndRemainder(BigDecimal.ONE);
    long nanos = parts[1].multiply(NANOS).longValue();
    return Moment.of(Instant.ofEpochSecond(parts[0].longValueExact(), nanos)).orElseThrow();
  }

  @Override
  public String style(String cell) {
    return "";
  }

  @Override
  public String toString() {
    return name;
  }
}
