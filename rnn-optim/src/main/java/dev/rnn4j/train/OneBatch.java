package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Tensor;
import java.util.Locale;
import java.util.Map;

/**
 * Whether a model can learn one batch by heart. One that cannot has a fault, in the data, the loss,
 * the model or the rate, and there is no use in training it on more.
 *
 * <pre>{@code
 * System.out.println(OneBatch.learn(step, batch, 300));
 * }</pre>
 *
 * @param first the loss on the batch before training, in inference
 * @param last the loss after it
 * @param updates how many updates there were; fewer than asked for where the loss is not finite
 */
public record OneBatch(double first, double last, long updates) {
  /** Trains on one batch only, and puts the step back as it was before. */
  public static OneBatch learn(TrainingStep step, Batch batch, long updates) {
    checkNotNull(step, "a batch is learned by a training step, and null was given");
    checkArgument(updates > 0, "a batch is not learned by %s updates", updates);
    Map<String, Tensor> before = step.checkpoint();
    try {
      double first = step.evaluate(batch);
      long made = 0;
      for (boolean finite = true; finite && made < updates; made++) {
        if (step.engine.settings().carries()) {
          step.resetStates();
        }
        finite = Double.isFinite(step.run(batch));
        checkArgument(
            step.engine.counts(),
            "nothing counts in the batch, and nothing can be learned of it: look at its weights and"
                + " masks");
      }
      return new OneBatch(first, step.evaluate(batch), made);
    } finally {
      step.restore(before);
    }
  }

  /** Returns whether the loss has fallen to a tenth, or below 0. */
  public boolean isLearned() {
    return last <= first / 10 || last <= 0 && last < first;
  }

  /** Returns what was found, in a sentence. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "the loss on one batch goes from %.4g to %.4g in %d updates: %s",
        first,
        last,
        updates,
        isLearned()
            ? "the model learns it by heart"
            : "the model does not learn it by heart; look at rate, loss, targets and masks");
  }
}
