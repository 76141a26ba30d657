package dev.rnn4j.examples.cells;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.contract.CellContract;
import dev.rnn4j.contract.Report;
import dev.rnn4j.examples.CommandLineFixture;
import dev.rnn4j.examples.CommandLineFixture.Result;
import dev.rnn4j.examples.anbncn.CounterCell;
import dev.rnn4j.examples.counting.CountingTraining;
import dev.rnn4j.examples.snippets.LstmEquations;
import dev.rnn4j.examples.snippets.MguCell;
import dev.rnn4j.examples.snippets.VariationalLstm;
import dev.rnn4j.examples.stackedsequence.ReadoutCell;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.part.Gate;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The cells of the documents keep their contract, and the command says so of the library's. */
class ContractTest {
  @Test
  void cellsOfTheDocumentsKeepTheirContract() {
    Philox random = new Philox(1);
    List<Cell<?>> cells =
        List.of(
            LstmEquations.of(1, 3, random),
            new MguCell(Gate.of(1, 3, random), Gate.of(1, 3, random)),
            new VariationalLstm(LstmCell.of(1, 3, random), 0.2),
            ReadoutCell.draw(1, 4, 1, new NumpyRandom(1)),
            new CounterCell(
                Dense.of(1, 3, random),
                Dense.of(1, 3, random),
                Dense.of(1, 3, random),
                Dense.of(1, 3, random)),
            CountingTraining.linear(0.2, 1.5, Precision.FLOAT64).cell());
    for (Report report : CellContract.of(cells).inputSize(1).quickly().verify()) {
      assertEquals(Map.of(), report.untried(), report.toString());
    }
  }

  @Test
  void theCommandChecksOneCellOrRefusesIt() {
    Result result = CommandLineFixture.run("contract", "--cell", "janet");
    assertEquals(
        "JanetCell keeps its contract\n1 of 1 keep their contract\n", result.out(), result.err());
    result = CommandLineFixture.run("contract", "--cell", "jannet");
    assertEquals(2, result.code());
    assertTrue(result.err().contains("there is no cell 'jannet'; there are elman, "), result.err());
  }
}
