package dev.rnn4j.examples.bench;

import java.util.Locale;

/** What of a recurrent layer is compared with another library. */
public enum LayerTask {
  /** Forward, backward and update; the loss is the mean of the squares of all outputs. */
  TRAINING,
  /** The outputs alone, of which the mean of the squares is returned. */
  FORWARD,
  /** One step with the states carried on; the first number of the output is returned. */
  STEP;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** By name. */
  static final class Reader extends Choice<LayerTask> {
    Reader() {
      super(values());
    }
  }
}
