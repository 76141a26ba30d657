package dev.rnn4j.examples.cli;

import dev.rnn4j.csv.Csv;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how a table is written, where that is not recognised. */
public final class TableOptions {
  /** One character; {@code tab} is the tab. */
  static final class Mark implements ITypeConverter<Character> {
    @Override
    public Character convert(String text) {
      if (text.equals("tab") || text.equals("\\t")) {
        return '\t';
      }
      if (text.length() != 1) {
        throw new TypeConversionException("'" + text + "' is not one character, nor tab");
      }
      return text.charAt(0);
    }
  }

  /** The name of an encoding. */
  static final class Encoding implements ITypeConverter<Charset> {
    @Override
    public Charset convert(String text) {
      try {
        return Charset.forName(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "'" + text + "' is no encoding; UTF-8, windows-1252, ISO-8859-1 and UTF-16 are some");
      }
    }
  }

  @Option(
      names = "--separator",
      paramLabel = "C",
      converter = Mark.class,
      description = "what stands between the cells, as ; or tab (default: recognised)")
  private Character separator;

  @Option(
      names = "--decimal",
      paramLabel = "C",
      converter = Mark.class,
      description =
          "the decimal mark, a point or a comma; the other one may part thousands"
              + " (default: recognised)")
  private Character decimal;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      converter = Encoding.class,
      description = "of a file without byte order mark, as windows-1252 (default: UTF-8)")
  private Charset encoding;

  @Option(
      names = "--missing",
      paramLabel = "A,B",
      description =
          "cells that are missing values, as -999, beside blank ones, NA, N/A, NaN, null, none, ?"
              + " and -")
  private List<String> missing;

  @Option(
      names = "--no-header",
      description = "the first line is data, and columns are named 0, 1, ... (default: recognised)")
  private boolean noHeader;

  @Option(
      names = "--header",
      description = "the first line names the columns (default: recognised)")
  private boolean header;

  @Option(
      names = "--skip-rows",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "how many lines above the header to skip (default: 0)")
  private Integer skipRows;

  @Option(names = "--units-row", description = "skip the row below the header, which has units")
  private boolean unitsRow;

  @Option(
      names = "--comment",
      paramLabel = "C",
      converter = Mark.class,
      description = "skip lines that begin with this character")
  private Character comment;

  /** Returns a reader that reads as these options say. */
  public Csv applyTo(Csv table) {
    if (header && noHeader) {
      throw new IllegalArgumentException("--header and --no-header exclude each other");
    }
    Csv csv = table;
    csv = separator == null ? csv : csv.separator(separator);
    csv = decimal == null ? csv : csv.decimal(decimal);
    csv = encoding == null ? csv : csv.charset(encoding);
    csv = missing == null ? csv : csv.missing(all(missing));
    csv = header ? csv.withHeader() : csv;
    csv = noHeader ? csv.withoutHeader() : csv;
    csv = skipRows == null ? csv : csv.skipRows(skipRows);
    csv = unitsRow ? csv.unitsRow() : csv;
    return comment == null ? csv : csv.comment(comment);
  }

  /** Returns all names in the arguments of an option. */
  public static String[] all(List<String> arguments) {
    return arguments.stream().flatMap(one -> Names.split(one).stream()).toArray(String[]::new);
  }

  /**
   * Checks that none of these options is given, where there is no table of the user's to read.
   *
   * @throws IllegalArgumentException that names one which is
   */
  public void requireUnset() {
    Map<String, Boolean> set = new TreeMap<>();
    set.put("--header", header);
    set.put("--no-header", noHeader);
    set.put("--units-row", unitsRow);
    Stream.of(
            Map.entry("--separator", Optional.ofNullable(separator)),
            Map.entry("--decimal", Optional.ofNullable(decimal)),
            Map.entry("--encoding", Optional.ofNullable(encoding)),
            Map.entry("--missing", Optional.ofNullable(missing)),
            Map.entry("--skip-rows", Optional.ofNullable(skipRows)),
            Map.entry("--comment", Optional.ofNullable(comment)))
        .forEach(option -> set.put(option.getKey(), option.getValue().isPresent()));
    set.forEach(
        (option, given) -> {
          if (given) {
            throw ownTable(option);
          }
        });
  }

  /** Returns what is wrong with an option where there is no table of the user's to read. */
  public static IllegalArgumentException ownTable(String option) {
    return new IllegalArgumentException(option + " is for a table of your own; name it with --csv");
  }
}
