package dev.rnn4j.examples.cells;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.contract.CellContract;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.Scenario;
import dev.rnn4j.random.Philox;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks that the cells of the library keep their contract, in full. */
@Command(name = "contract", description = "checks that each cell keeps its contract")
public final class Contract extends Scenario {
  private static final int INPUTS = 5;
  private static final int NODES = 12;

  @Option(
      names = "--cell",
      paramLabel = "CELL",
      description = "a cell, as often as you like: all unless given")
  private List<String> cells = List.of();

  @Override
  protected ImmutableMap<String, String> withoutEffect() {
    return ImmutableMap.of(
        "--epochs", "nothing is trained", "--precision", "both precisions are tried");
  }

  @Override
  protected void run(Report report) {
    List<LibraryCell> all = List.of(LibraryCell.values());
    for (String cell : cells) {
      if (all.stream().noneMatch(known -> known.toString().equals(cell))) {
        throw new IllegalArgumentException(
            "there is no cell '"
                + cell
                + "'; there are "
                + Arrays.stream(LibraryCell.values())
                    .map(LibraryCell::toString)
                    .collect(Collectors.joining(", ")));
      }
    }
    List<LibraryCell> checked =
        all.stream().filter(c -> cells.isEmpty() || cells.contains(c.toString())).toList();
    int kept = 0;
    for (LibraryCell cell : checked) {
      var check =
          CellContract.of(cell.of(INPUTS, NODES, new Philox(seed(1))))
              .inputSize(cell.inputSize(INPUTS, NODES))
              .seed(seed(1));
      var found = check.check().get(0);
      print(found);
      kept += found.isKept() ? 1 : 0;
    }
    print(kept, "of", checked.size(), "keep their contract");
    report.setting("seed", seed(1)).value("kept", kept).value("cells", checked.size());
  }
}
