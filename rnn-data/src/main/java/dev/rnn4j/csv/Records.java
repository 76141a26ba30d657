package dev.rnn4j.csv;

import dev.rnn4j.table.DataException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads records of cells (RFC 4180), one after the other. A cell is quoted where its first
 * character that is no blank is a quote; nothing but blanks may follow the quote at its end.
 */
final class Records {
  private static final int END = -1;

  private final String name;
  private final Reader in;
  private final String encoding;
  private final char separator;
  private final Optional<Character> comment;
  private final StringBuilder text = new StringBuilder();
  private final char[] buffer = new char[1 << 14];
  private int at;
  private int filled;
  private int line;
  private int recordLine;
  private List<String> cells = List.of();

  /**
   * Begins to read.
   *
   * @param name of the file, for messages
   * @param encoding of the file, for messages
   * @param line the number of the first line
   * @param comment with what lines begin that are skipped
   */
  Records(
      String name,
      Reader in,
      String encoding,
      int line,
      char separator,
      Optional<Character> comment) {
    this.name = name;
    this.in = in;
    this.encoding = encoding;
    this.line = line;
    this.separator = separator;
    this.comment = comment;
  }

  /**
   * Reads a record; returns false where there is none left.
   *
   * @throws DataException where a quote is not closed, or bytes are no text
   */
  boolean next() throws IOException {
    while (comment.isPresent() && peekBehindBlanks() == comment.get()) {
      skipLine();
    }
    if (peek() == END) {
      return false;
    }
    recordLine = line;
    cells = new ArrayList<>(cells.size());
    int end;
    do {
      end = cell();
      cells.add(text.toString());
    } while (end == separator);
    return true;
  }

  /** Returns the cells of the record. */
  List<String> cells() {
    return cells;
  }

  /** Returns the line on which the record begins. */
  int line() {
    return recordLine;
  }

  /** Returns whether the record is a line of blanks. */
  boolean isBlankLine() {
    return cells.size() == 1 && cells.get(0).isBlank();
  }

  /** Reads a line without looking at it; returns false where there is none left. */
  boolean skipLine() throws IOException {
    if (peek() == END) {
      return false;
    }
    int c;
    do {
      c = read();
    } while (c != '\n' && c != END);
    return true;
  }

  /** Reads a cell, and returns the character behind it. */
  private int cell() throws IOException {
    text.setLength(0);
    int c = read();
    while (isBlank(c)) {
      text.append((char) c);
      c = read();
    }
    if (c == '"') {
      return quoted();
    }
    while (c != separator && c != '\n' && c != END) {
      text.append((char) c);
      c = read();
    }
    return c;
  }

  private boolean isBlank(int c) {
    return c != separator && (c == ' ' || c == '\t');
  }

  private int quoted() throws IOException {
    int opened = line;
    text.setLength(0);
    int c = read();
    while (c != '"' || peek() == '"') {
      if (c == END) {
        throw new DataException(
            at(opened)
                + "a quote is opened in cell "
                + (cells.size() + 1)
                + " and never closed; close it, or double the quotes inside a quoted cell");
      }
      text.append((char) c);
      if (c == '"') {
        read();
      }
      c = read();
    }
    int closed = line;
    do {
      c = read();
    } while (isBlank(c));
    if (c != separator && c != '\n' && c != END) {
      throw new DataException(
          at(opened)
              + "the quote that is opened in cell "
              + (cells.size() + 1)
              + " is closed"
              + (closed == opened ? "" : " in line " + closed)
              + " before '"
              + Character.toString(c)
              + "'; close it at the end of its cell, or double the quotes inside");
    }
    return c;
  }

  private int peekBehindBlanks() throws IOException {
    int c = peek();
    while (isBlank(c)) {
      read();
      c = peek();
    }
    return c;
  }

  private int peek() throws IOException {
    if (at == filled) {
      at = 0;
      filled = Math.max(0, in.read(buffer, 0, buffer.length));
    }
    return filled == 0 ? END : buffer[at];
  }

  /** Reads a character; whatever ends a line is a line feed. */
  private int read() throws IOException {
    int c = peek();
    if (c == END) {
      return END;
    }
    at++;
    if (c == '\r') {
      if (peek() == '\n') {
        at++;
      }
      c = '\n';
    }
    if (c == '\n') {
      line++;
    } else if (c == Bytes.UNDECODABLE || c == 0) {
      throw new DataException(
          at(line)
              + "this is not "
              + encoding
              + " text; say its encoding with --encoding (in code Csv.charset), "
              + (c == 0 ? "UTF-16LE or UTF-16BE" : "windows-1252")
              + " for example, if it is CSV at all");
    }
    return c;
  }

  private String at(int where) {
    return name + ", line " + where + ": ";
  }
}
