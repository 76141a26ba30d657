package dev.rnn4j.train.internal.segment;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/** Values of some nodes of one plan, kept for inputs of others. Allocates nothing later. */
final class Kept {
  private final float[][] floats;
  private final double[][] doubles;

  Kept(Precision precision, List<Shape> shapes) {
    boolean single = precision == Precision.FLOAT32;
    floats = new float[single ? shapes.size() : 0][];
    doubles = new double[single ? 0 : shapes.size()][];
    for (int i = 0; i < shapes.size(); i++) {
      if (single) {
        floats[i] = new float[shapes.get(i).elements()];
      } else {
        doubles[i] = new double[shapes.get(i).elements()];
      }
    }
  }

  /** Returns the bytes that all values take. */
  long bytes() {
    long bytes = 0;
    for (float[] values : floats) {
      bytes += (long) Float.BYTES * values.length;
    }
    for (double[] values : doubles) {
      bytes += (long) Double.BYTES * values.length;
    }
    return bytes;
  }

  /** Returns the bytes that so many values take. */
  static long bytes(Precision precision, List<Shape> shapes) {
    long elements = 0;
    for (Shape shape : shapes) {
      elements += shape.elements();
    }
    return elements * precision.bytes();
  }

  /** Takes the values of nodes. */
  void take(Session session, Node[] nodes) {
    for (int i = 0; i < nodes.length; i++) {
      if (floats.length > 0) {
        session.get(nodes[i], floats[i]);
      } else {
        session.get(nodes[i], doubles[i]);
      }
    }
  }

  /** Gives them to inputs; null for one that nothing depends on. */
  void give(Session session, Input[] inputs) {
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i] != null && floats.length > 0) {
        session.set(inputs[i], floats[i]);
      } else if (inputs[i] != null) {
        session.set(inputs[i], doubles[i]);
      }
    }
  }
}
