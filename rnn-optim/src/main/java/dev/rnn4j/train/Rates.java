package dev.rnn4j.train;

import dev.rnn4j.graph.Input;
import dev.rnn4j.plan.Session;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;

/** The learning rates of a step: inputs of its plan, scaled by a schedule; allocates nothing. */
final class Rates {
  private final Schedule schedule;
  private final double[] rates;
  private final Input[] inputs;
  private final double[] scaled = new double[1];
  private double factor = Double.NaN;

  /** Creates inputs for the different ones among some rates. */
  Rates(Schedule schedule, double... rates) {
    this.schedule = schedule;
    this.rates = Arrays.stream(rates).distinct().toArray();
    this.inputs = new Input[this.rates.length];
    Arrays.setAll(inputs, i -> Input.of("rate", Shape.scalar()));
  }

  /** Returns the input that holds one of the rates. */
  Input input(double rate) {
    int i = 0;
    while (rates[i] != rate) {
      i++;
    }
    return inputs[i];
  }

  /** Sets the rates of an update, where they change. */
  void set(Session session, long update) {
    double now = schedule.factor(update);
    if (now == factor) {
      return;
    }
    if (!(now >= 0 && now < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the schedule gives "
              + now
              + " for update "
              + update
              + ", which is not a finite number from 0 up");
    }
    for (int i = 0; i < rates.length; i++) {
      scaled[0] = rates[i] * now;
      session.set(inputs[i], scaled);
    }
    factor = now;
  }
}
