package dev.rnn4j.csv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.rnn4j.table.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CsvStreamTest {
  private static InputStream stream(String text) {
    return spy(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void readsAndClosesAStream() throws IOException {
    InputStream stream = stream("a\n1\n");
    assertArrayEquals(new double[] {1}, Csv.stream("made.csv", stream).read().column("a"));
    verify(stream, atLeastOnce()).close();
  }

  @Test
  void doesNotTouchAStreamBeforeReading() throws IOException {
    InputStream stream = stream("a\n1\n");
    Csv.stream("made.csv", stream).separator(';').rejectMissing();
    verify(stream, never()).read(any(byte[].class), anyInt(), anyInt());
    verify(stream, never()).close();
  }

  @Test
  void closesAStreamThatFails() throws IOException {
    InputStream stream = mock(InputStream.class);
    when(stream.read(any(byte[].class), anyInt(), anyInt()))
        .thenThrow(new IOException("unplugged"));
    DataException e =
        assertThrows(DataException.class, () -> Csv.stream("made.csv", stream).read());
    assertEquals(
        "made.csv cannot be read (IOException: unplugged); check that it is whole, and yours to read",
        e.getMessage());
    verify(stream, atLeastOnce()).close();
  }
}
