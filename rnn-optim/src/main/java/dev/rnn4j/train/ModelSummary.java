package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Family;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Kind;
import dev.rnn4j.io.Batch;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.train.internal.graph.Assignment.Trained;
import dev.rnn4j.train.internal.graph.Settings;
import dev.rnn4j.train.internal.graph.StepGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a model is made of, as a training step on one batch sees it: its layers and cells, their
 * outputs, their parameters, and what a step costs. {@link #toString} is a table for a person.
 *
 * @param rows the model, and its layers and cells, each after the one that it is a part of
 * @param parameters how many numbers the model has, each once
 * @param trained how many of them are trained
 * @param forward operations of a forward pass: a multiplication and an addition are two
 * @param backward operations of the gradients
 * @param bytes what the compiled step takes in memory: values in between, the program, and the
 *     weights with what the optimizer remembers of them
 */
public record ModelSummary(
    List<Row> rows, long parameters, long trained, long forward, long backward, long bytes) {
  private static final String[] UNITS = {"", "thousand", "million", "billion", "trillion"};

  /**
   * A layer or cell.
   *
   * @param path where it stands in the model; empty for the model itself
   * @param kind its class
   * @param output the shape of what the rest of the graph takes of it last, {@code [T=7, N=3, 4]};
   *     empty where that is nothing
   * @param parameters how many numbers it has
   * @param operations of a forward pass and of the gradients
   */
  public record Row(String path, String kind, String output, long parameters, long operations) {}

  /** Creates the summary from a copy of the list. */
  public ModelSummary {
    rows = ImmutableList.copyOf(rows);
  }

  /** Returns the summary for batches of such a form. Nothing is trained. */
  public static ModelSummary of(TrainingStep step, Batch batch) {
    checkNotNull(step, "a summary was given null as its training step");
    checkNotNull(batch, "a summary was given null as its batch");
    Settings settings = step.engine.settings();
    StepGraph graph = StepGraph.of(settings, batch);
    List<Node> nodes = Graphs.topological(graph.sumsAndGradients());
    long forward = 0;
    long backward = 0;
    for (Node node : nodes) {
      boolean isGradient = node.family().source().isPresent();
      forward += isGradient ? 0 : operations(node);
      backward += isGradient ? operations(node) : 0;
    }
    List<Row> rows = new ArrayList<>();
    Set<Node> ofData = ofData(nodes);
    modules(step.model())
        .forEach((path, module) -> rows.add(row(path, module, nodes, ofData, batch)));
    Set<Parameter> all = new HashSet<>(settings.parameters().values());
    return new ModelSummary(
        rows,
        count(all),
        count(settings.trained().stream().map(Trained::parameter).toList()),
        forward,
        backward,
        bytes(step, batch));
  }

  private static long bytes(TrainingStep step, Batch batch) {
    Plan plan = step.plan(batch);
    long numbers =
        step.checkpoint().values().stream().mapToLong(each -> each.shape().elements()).sum();
    return plan.bytes() + plan.session().bytes() + numbers * plan.precision().bytes();
  }

  /** Returns the model, and its layers and cells, by path. */
  private static Map<String, Object> modules(Object model) {
    Map<String, Object> modules = new LinkedHashMap<>();
    Parameters.walk(
        model,
        (path, part) -> {
          if (path.isEmpty() || part instanceof Layer || part instanceof Cell<?>) {
            modules.putIfAbsent(path, part);
          }
        });
    return modules;
  }

  /** Returns the nodes that follow from the batch: others are forms of parameters. */
  private static Set<Node> ofData(List<Node> nodes) {
    Set<Node> ofData = new HashSet<>();
    for (Node node : nodes) {
      if (node instanceof Input || node.operands().stream().anyMatch(ofData::contains)) {
        ofData.add(node);
      }
    }
    return ofData;
  }

  private static Row row(
      String path, Object module, List<Node> nodes, Set<Node> ofData, Batch batch) {
    Node output = null;
    long operations = 0;
    for (Node node : nodes) {
      if (isIn(path, origin(node).label())) {
        operations += operations(node);
      } else if (node.family().source().isEmpty()) {
        for (Node operand : node.operands()) {
          boolean comes = ofData.contains(operand) && isIn(path, operand.family().label());
          output = comes && (output == null || operand.id() > output.id()) ? operand : output;
        }
      }
    }
    return new Row(
        path,
        module.getClass().getSimpleName(),
        output == null ? "" : shape(output, batch),
        count(new HashSet<>(Parameters.of(module).values())),
        operations);
  }

  /** Returns the family that a node belongs to, or that it is part of the gradient of. */
  private static Family origin(Node node) {
    Family family = node.family();
    while (family.source().isPresent()) {
      family = family.source().get();
    }
    return family;
  }

  private static boolean isIn(String path, String label) {
    return path.isEmpty() || label.startsWith(path + ".") || label.startsWith(path + "/");
  }

  private static String shape(Node node, Batch batch) {
    Shape shape = node.shape();
    List<String> axes = new ArrayList<>();
    int axis = 0;
    boolean hasTime =
        shape.rank() >= 2
            && shape.size(0) == batch.steps()
            && shape.size(1) == batch.sequences()
            && node.step() == Trace.NO_STEP;
    if (hasTime) {
      axes.add("T=" + shape.size(axis++));
    }
    if (axis < shape.rank() && shape.size(axis) == batch.sequences()) {
      axes.add("N=" + shape.size(axis++));
    }
    while (axis < shape.rank()) {
      axes.add(Integer.toString(shape.size(axis++)));
    }
    return axes.toString();
  }

  private static long operations(Node node) {
    long elements = node.shape().elements();
    return switch (Kind.of(node.op())) {
      case PRODUCT -> 2 * elements * node.operand(0).shape().size(-1);
      case SUM -> elements * (node.operands().size() - 1);
      case ELEMENTWISE, ROWS, DRAW, CALL -> elements;
      case FOLD, SCATTER -> node.operand(0).shape().elements();
      case LEAF, CONSTANT, VIEW, STATE, JOIN, LOOKUP -> 0;
    };
  }

  private static long count(Iterable<Parameter> parameters) {
    long count = 0;
    for (Parameter parameter : parameters) {
      count += parameter.shape().elements();
    }
    return count;
  }

  /** Returns the table, and the sums below. */
  @Override
  public String toString() {
    int[] widths = {"layer".length(), "output".length()};
    for (Row row : rows) {
      widths[0] = Math.max(widths[0], name(row).length());
      widths[1] = Math.max(widths[1], row.output.length());
    }
    String form = "%-" + widths[0] + "s  %-" + widths[1] + "s  %10s  %16s\n";
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, form, "layer", "output", "parameters", "operations"));
    for (Row row : rows) {
      text.append(
          String.format(
              Locale.ROOT, form, name(row), row.output, row.parameters, rounded(row.operations)));
    }
    return text.append(parameters)
        .append(trained == parameters ? " parameters" : " parameters, trained: " + trained)
        .append("; a step takes ")
        .append(rounded(forward))
        .append(" operations forward, ")
        .append(rounded(backward))
        .append(" backward, and ")
        .append(String.format(Locale.ROOT, "%.1f", bytes / 1e6))
        .append(" MB")
        .toString();
  }

  private static String name(Row row) {
    return row.path.isEmpty() ? row.kind : "  " + row.path + " " + row.kind;
  }

  /** Returns a number in three digits at most and a word. */
  private static String rounded(long number) {
    double rest = number;
    int unit = 0;
    while (rest >= 999.5 && unit < UNITS.length - 1) {
      rest /= 1000;
      unit++;
    }
    String digits =
        unit == 0 || rest >= 99.95
            ? String.format(Locale.ROOT, "%.0f", rest)
            : String.format(Locale.ROOT, "%.1f", rest);
    return (digits + " " + UNITS[unit]).strip();
  }
}
