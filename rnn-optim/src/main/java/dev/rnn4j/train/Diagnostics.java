package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.io.Batch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Looks into a model while it is trained: a {@link Diagnosis} on the same batch, before the first
 * update and after every so many.
 *
 * <pre>{@code
 * Diagnostics diagnostics = Diagnostics.on(batch, 100);
 * Trainer.of(step).listener(diagnostics).run(() -> batches);
 * DiagnosticsPlot.write(diagnostics.looks(), Path.of("diagnostics.png"));
 * }</pre>
 */
public final class Diagnostics implements TrainingListener {
  private final Batch batch;
  private final long every;
  private final List<Look> looks = new ArrayList<>();
  private Training training;

  /**
   * What was found, and when.
   *
   * @param updates how many updates were made before
   */
  public record Look(long updates, Diagnosis diagnosis) {}

  private Diagnostics(Batch batch, long every) {
    this.batch = batch;
    this.every = every;
  }

  /**
   * Returns a listener that looks after every so many updates. A look computes one forward and one
   * backward pass node by node: it takes as long as some hundred updates.
   */
  public static Diagnostics on(Batch batch, long every) {
    checkArgument(every > 0, "there cannot be %s updates between two looks", every);
    return new Diagnostics(
        checkNotNull(batch, "diagnostics were given null as their batch"), every);
  }

  /** Returns what was found so far. */
  public List<Look> looks() {
    return ImmutableList.copyOf(looks);
  }

  /**
   * Returns the path of the parameter whose gradient is the largest multiple of what it was at the
   * first look: the one that explodes, where one does.
   *
   * @throws IllegalStateException before there are two looks
   */
  public String growingFastest() {
    checkState(looks.size() >= 2, "growth needs two looks, and there are %s", looks.size());
    List<Diagnosis.Size> first = looks.get(0).diagnosis.parameters();
    List<Diagnosis.Size> last = looks.get(looks.size() - 1).diagnosis.parameters();
    return IntStream.range(0, last.size())
        .boxed()
        .max(
            Comparator.comparingDouble(
                i ->
                    last.get(i).gradientNorm() / (first.get(i).gradientNorm() + Double.MIN_NORMAL)))
        .map(i -> last.get(i).path())
        .orElseThrow();
  }

  @Override
  public void onStart(Training newTraining) {
    training = newTraining;
    look();
  }

  @Override
  public void onUpdate(UpdateResult update) {
    if (training.updates() % every == 0) {
      look();
    }
  }

  private void look() {
    looks.add(new Look(training.updates(), Diagnosis.of(training.step(), batch)));
  }
}
