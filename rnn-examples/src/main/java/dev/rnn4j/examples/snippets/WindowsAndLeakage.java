package dev.rnn4j.examples.snippets;

import dev.rnn4j.batch.Batches;
import dev.rnn4j.csv.Csv;
import dev.rnn4j.random.Philox;
import dev.rnn4j.scale.StandardScaler;
import dev.rnn4j.split.Split;
import dev.rnn4j.table.CalendarFeature;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.window.Windowing;
import dev.rnn4j.window.Windows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** From a table to batches, without a look into the future. */
public final class WindowsAndLeakage {
  private WindowsAndLeakage() {}

  /** Prints which windows are cut from a table with a gap. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("river");
    Path file = folder.resolve("river.csv");
    LocalDate first = LocalDate.of(2025, 1, 1);
    Stream<String> rows =
        IntStream.range(0, 60)
            .filter(day -> day != 20)
            .mapToObj(day -> first.plusDays(day) + "," + (100 + day % 7) + "," + day * 5 % 11);
    Files.write(file, Stream.concat(Stream.of("date,level,rain"), rows).toList());
    prepare(file);
    Files.delete(file);
    Files.delete(folder);
  }

  private static void prepare(Path file) {
    // [block
    CalendarFeature season = CalendarFeature.DAY_OF_YEAR;
    Table table = season.addTo(Csv.file(file).read(), "date");
    Split split = Split.byFraction(table.rows(), 0.6, 0.2);

    StandardScaler scaler = StandardScaler.fit(table.slice(split.train()), "level", "rain");
    Table scaled = scaler.transform(table);

    Windows windows =
        Windowing.length(7)
            .horizon(1)
            .inputs("level", "rain", season.sineColumn(), season.cosineColumn())
            .target("level")
            .dates("date")
            .over(scaled);
    System.out.print(windows.describe());

    Windows train = windows.within(split.train());
    Windows validation = windows.withTargetsWithin(split.validation());
    Windows test = windows.withTargetsWithin(split.test());
    System.out.println(train.size() + " " + validation.size() + " " + test.size());
    // block]
    // [block
    Batches batches = Batches.of(train, 16).shuffled(new Philox(1));
    // block]
    Tensor prediction = test.targets();
    // [block
    double[] level = scaler.inverse("level", prediction.toDoubles());
    // block]
    System.out.println(batches.count() + " " + level.length);
  }
}
