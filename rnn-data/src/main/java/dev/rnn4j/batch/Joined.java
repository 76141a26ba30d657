package dev.rnn4j.batch;

import dev.rnn4j.table.DataException;
import dev.rnn4j.tensor.Shape;
import java.util.Locale;

/** Several lists of examples as one. {@code ends[i]} is the number of examples up to part i. */
record Joined(Examples[] parts, int[] ends) implements Examples {
  static Joined of(Examples... parts) {
    if (parts.length == 0) {
      throw new DataException("there are no examples to join; give at least one list");
    }
    int[] ends = new int[parts.length];
    int end = 0;
    for (int i = 0; i < parts.length; i++) {
      requireSameShape(parts[0], parts[i]);
      end = Math.addExact(end, parts[i].size());
      ends[i] = end;
    }
    return new Joined(parts.clone(), ends);
  }

  private static void requireSameShape(Examples first, Examples other) {
    if (!other.inputShape().equals(first.inputShape())
        || !other.targetShape().equals(first.targetShape())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "examples of inputs %s and targets %s cannot be joined with %s and %s; cut them"
                  + " alike",
              first.inputShape(),
              first.targetShape(),
              other.inputShape(),
              other.targetShape()));
    }
  }

  /** Returns the part that holds an example: the first that ends behind it. */
  private int part(int example) {
    int part = 0;
    while (ends[part] <= example) {
      part++;
    }
    return part;
  }

  private int begin(int part) {
    return part == 0 ? 0 : ends[part - 1];
  }

  @Override
  public int size() {
    return ends[ends.length - 1];
  }

  @Override
  public Shape inputShape() {
    return parts[0].inputShape();
  }

  @Override
  public Shape targetShape() {
    return parts[0].targetShape();
  }

  @Override
  public void copyInputs(int example, int step, double[] into, int offset) {
    int part = part(example);
    parts[part].copyInputs(example - begin(part), step, into, offset);
  }

  @Override
  public void copyTargets(int example, int step, double[] into, int offset) {
    int part = part(example);
    parts[part].copyTargets(example - begin(part), step, into, offset);
  }

  @Override
  public void requireComplete() {
    for (Examples part : parts) {
      part.requireComplete();
    }
  }
}
