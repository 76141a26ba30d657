package dev.rnn4j.io;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What data hands to training: named tensors, time first, each with its role. Immutable.
 *
 * <pre>{@code
 * Batch.of(x, y);                                        // named "x" and "y"
 * Batch.of(x, y).lengths(7, 3, 5);                       // sequences padded to the longest
 * Batch.ofSequences(recordings).target("y", kinds);      // or not yet
 * Batch.empty().input("left", l).input("right", r).target("price", p).target("kind", k);
 * }</pre>
 *
 * <p>A tensor of three or more axes is {@code [T, N, ...]}, one of one axis {@code [N]}; with two
 * axes it is {@code [T, N]} or {@code [N, ...]}, whichever fits the others. What is otherwise is
 * given with its {@link Axes}. Where both fit, nothing is wrong until it matters, which is refused
 * then: where the batch is to be cut in time or in sequences, weights {@code [N]} may be of either
 * axis of a target, or a mask with padding may be for an input or not.
 */
public final class Batch {
  /** The name of the input of {@link #of}. */
  public static final String X = "x";

  /** The name of the target of {@link #of}. */
  public static final String Y = "y";

  private static final String NO_LENGTHS = "a batch was given null as its lengths";

  /** What a tensor is for. */
  public enum Role {
    /** Read by the model. */
    INPUT,
    /** Compared with what the model computes. */
    TARGET,
    /** 1 where a step of a sequence counts, 0 where it is padding. */
    MASK,
    /** How much each target counts. */
    WEIGHTS,
    /** 1 for sequences that begin anew, at their first step or at any. */
    BEGINS
  }

  /**
   * One tensor.
   *
   * @param name its name: for masks and weights, of what they belong to, or empty for all
   * @param axes what its first axes are, where that was said
   */
  public record Part(String name, Role role, Tensor tensor, Optional<Axes> axes) {
    /** Returns whether this is an input or a target, which have names of their own. */
    boolean isNamed() {
      return role == Role.INPUT || role == Role.TARGET;
    }

    Part with(Tensor other) {
      return new Part(name, role, other, axes);
    }

    /** Returns all of it but its values. */
    BatchSignature.Part form() {
      return new BatchSignature.Part(name, role, tensor.shape(), axes);
    }

    @Override
    public String toString() {
      return form().toString();
    }
  }

  private final List<Part> parts;
  private BatchSignature signature;
  private Reading reading;

  private Batch(List<Part> parts) {
    this.parts = parts;
  }

  /** Returns a batch without tensors, to begin with. */
  public static Batch empty() {
    return new Batch(ImmutableList.of());
  }

  /** Returns a batch of one input "x", to predict from. */
  public static Batch of(Tensor x) {
    return empty().input(X, x);
  }

  /** Returns a batch of one input "x" and one target "y". */
  public static Batch of(Tensor x, Tensor y) {
    return of(x).target(Y, y);
  }

  /**
   * Returns a batch of sequences of different lengths, {@code [T, ...]} each: padded to the longest
   * as input "x", with their lengths.
   *
   * <pre>{@code
   * Batch.ofSequences(recordings).target("y", kinds)
   * }</pre>
   *
   * @throws IllegalArgumentException where there are none, one has no steps, or features differ
   */
  public static Batch ofSequences(List<Tensor> x) {
    int[] lengths = Padding.lengths(x, "sequence");
    return ofSteps(x).lengths(lengths);
  }

  /**
   * Returns a batch of sequences of different lengths with a target at each step: {@code [T, ...]}
   * each, padded as {@link #ofSequences(List)} does.
   *
   * @throws IllegalArgumentException also where a sequence and its targets have different lengths
   */
  public static Batch ofSequences(List<Tensor> x, List<Tensor> y) {
    int[] lengths = Padding.lengths(x, "sequence");
    int[] ofTargets = Padding.lengths(y, "target");
    checkArgument(
        Arrays.equals(lengths, ofTargets),
        "the sequences have %s steps, and their targets %s",
        Arrays.toString(lengths),
        Arrays.toString(ofTargets));
    return ofSteps(x).target(Y, Padding.of(y), Axes.TIME_BATCH).lengths(lengths);
  }

  /** Returns sequences with their axes, as indices [T, N] alone do not tell them where T = N. */
  private static Batch ofSteps(List<Tensor> x) {
    return empty().input(X, Padding.of(x), Axes.TIME_BATCH);
  }

  /** Returns this with one more input. */
  public Batch input(String name, Tensor tensor) {
    return with(new Part(name, Role.INPUT, tensor, Optional.empty()));
  }

  /** Returns this with one more input, whose first axes are said. */
  public Batch input(String name, Tensor tensor, Axes axes) {
    return with(new Part(name, Role.INPUT, tensor, said(axes, name)));
  }

  /** Returns this with one more target. */
  public Batch target(String name, Tensor tensor) {
    return with(new Part(name, Role.TARGET, tensor, Optional.empty()));
  }

  /** Returns this with one more target, whose first axes are said. */
  public Batch target(String name, Tensor tensor, Axes axes) {
    return with(new Part(name, Role.TARGET, tensor, said(axes, name)));
  }

  private static Optional<Axes> said(Axes axes, String name) {
    return Optional.of(checkNotNull(axes, "a batch was given null as the axes of %s", name));
  }

  /**
   * Returns this with a mask {@code [T, N]} for all inputs that begin with T and N: 1 where a step
   * counts, 0 where it is padding. It is not for inputs {@code [N, F]}, whatever their size. A
   * batch with a mask that fits nothing in it is refused when it is used.
   *
   * @throws IllegalArgumentException for other numbers
   */
  public Batch mask(Tensor mask) {
    return mask("", mask);
  }

  /** Returns this with a mask {@code [T, N]} for one input. */
  public Batch mask(String input, Tensor mask) {
    checkNotNull(mask, "a batch was given null as its mask");
    checkArgument(
        mask.shape().rank() == 2, "a mask is [T, N], a number for each step, not %s", mask.shape());
    return with(new Part(input, Role.MASK, mask, Optional.of(Axes.TIME_BATCH)));
  }

  /**
   * Returns this with the lengths of its sequences, the rest of each being padding: as a mask for
   * all inputs {@code [T, N, ...]}.
   *
   * @param lengths N numbers from 0 to T
   */
  public Batch lengths(int... lengths) {
    checkNotNull(lengths, NO_LENGTHS);
    return mask(Lengths.mask(parts, lengths));
  }

  /**
   * Returns this with the lengths of the sequences of one input, as {@link #lengths(int...)} does.
   */
  public Batch lengths(String input, int... lengths) {
    checkNotNull(lengths, NO_LENGTHS);
    return mask(input, Lengths.mask(part(input), lengths));
  }

  /**
   * Returns this with weights for all targets: {@code [T, N]} of steps, or {@code [N]} of
   * sequences, which weigh all their steps. What has the weight 0 does not count, as what is
   * masked; training on a batch in which nothing counts is an update by gradients of 0.
   *
   * @throws IllegalArgumentException for numbers that are not finite, or below 0
   */
  public Batch weights(Tensor weights) {
    return weights("", weights);
  }

  /** Returns this with weights for one target, as {@link #weights(Tensor)} does. */
  public Batch weights(String target, Tensor weights) {
    checkNotNull(weights, "a batch was given null as its weights");
    int rank = weights.shape().rank();
    checkArgument(rank == 1 || rank == 2, "weights are [T, N] or [N], not %s", weights.shape());
    Axes axes = rank == 1 ? Axes.BATCH : Axes.TIME_BATCH;
    return with(new Part(target, Role.WEIGHTS, weights, Optional.of(axes)));
  }

  /**
   * Returns this with marks of what begins anew: 1, and 0 for what goes on.
   *
   * <p>{@code [N]} are of sequences, where states are carried from batch to batch. {@code [T, N]}
   * are of steps: where one is 1, another sequence begins in the same row, with the state that
   * sequences begin with. Neither a state nor a gradient passes such a mark.
   *
   * @throws IllegalArgumentException for other numbers
   */
  public Batch begins(Tensor begins) {
    checkNotNull(begins, "a batch was given null as its begins");
    int rank = begins.shape().rank();
    checkArgument(rank == 1 || rank == 2, "begins is [N] or [T, N], not %s", begins.shape());
    Axes axes = rank == 1 ? Axes.BATCH : Axes.TIME_BATCH;
    return with(new Part("begins", Role.BEGINS, begins, Optional.of(axes)));
  }

  private Batch with(Part added) {
    checkNotNull(added.name(), "a batch was given null as a name");
    checkNotNull(added.tensor(), "%s of a batch is null", added.name());
    checkArgument(
        !added.name().isEmpty() || added.role() != Role.INPUT && added.role() != Role.TARGET,
        "a batch was given an input or target with an empty name, which stands for all of them");
    boolean isNew =
        parts.stream()
            .noneMatch(
                part ->
                    part.name().equals(added.name())
                        && (part.role() == added.role() || added.isNamed() && part.isNamed()));
    checkArgument(
        isNew,
        "a batch has one of each name, and a second is given: %s%s",
        added,
        added.role() == Role.MASK
            ? "; mask(...), lengths(...) and ofSequences(...), which knows the lengths, each make one:"
                + " leave one out"
            : "");
    Marks.check(added);
    return new Batch(ImmutableList.<Part>builder().addAll(parts).add(added).build());
  }

  /** Returns all tensors, in the order in which they were given. */
  public List<Part> parts() {
    return parts;
  }

  /**
   * Returns the tensor that some name is given to, or that belongs to some name.
   *
   * <p>A mask of all inputs, as {@link #lengths(int...)} makes one, and weights of all targets
   * belong to no name: {@code find(Role.MASK, "")}. They are not found by the name of one, for
   * which they may not be meant: an input without time is not masked.
   *
   * @param name of an input or target; of what masks and weights are for, empty for those of all;
   *     {@code "begins"} for marks of what begins
   */
  public Optional<Tensor> find(Role role, String name) {
    checkNotNull(role, "a batch was asked for null as a role");
    checkNotNull(name, "a batch was asked for null as a name: \"\" is for what belongs to all");
    return parts.stream()
        .filter(part -> part.role() == role && part.name().equals(name))
        .map(Part::tensor)
        .findFirst();
  }

  private Part part(String name) {
    return parts.stream()
        .filter(part -> part.isNamed() && part.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the batch has no input or target '" + name + "', only " + parts));
  }

  /**
   * Returns an input or target.
   *
   * @throws IllegalArgumentException where there is none of that name
   */
  public Tensor get(String name) {
    return part(name).tensor();
  }

  /** Returns the input "x". */
  public Tensor x() {
    return get(X);
  }

  /** Returns the target "y". */
  public Tensor y() {
    return get(Y);
  }

  /** Returns what tells this batch from those that need another plan; the same each time. */
  public BatchSignature signature() {
    BatchSignature known = signature; // read once: others may set it meanwhile, to an equal one
    if (known == null) {
      known = BatchSignature.of(parts);
      signature = known;
    }
    return known;
  }

  private Reading reading() {
    Reading known = reading;
    if (known == null) {
      known = new Reading(signature().parts());
      reading = known;
    }
    return known;
  }

  /**
   * Returns N, the number of sequences. Where {@code [T, N]} and {@code [N, ...]} fit alike, it is
   * taken from the former.
   *
   * @throws IllegalArgumentException where the tensors disagree
   */
  public int sequences() {
    return reading().sequences();
  }

  /**
   * Returns T, the number of steps of the first tensor {@code [T, N, ...]}; 1 where there is none.
   *
   * @throws IllegalArgumentException where the tensors disagree
   */
  public int steps() {
    return reading().steps();
  }

  /**
   * Returns the steps [from, to) of all sequences; what has no time axis stays whole.
   *
   * @throws IllegalArgumentException where it is not known what is to be cut, T is not the same
   *     everywhere, or there are no such steps
   */
  public Batch steps(int from, int to) {
    return new Batch(reading().steps(parts, from, to));
  }

  /**
   * Returns the sequences [from, to), at all their steps.
   *
   * <p>A tensor {@code [N, N]} that nobody said the axes of may be labels {@code [S, N]}, as CTC
   * takes them, or {@code [N, ...]}: it is refused here, whatever T is.
   *
   * @throws IllegalArgumentException where it is not known what is to be cut, or there are no such
   *     sequences
   */
  public Batch sequences(int from, int to) {
    return new Batch(reading().sequences(parts, from, to));
  }

  /** Returns the same in another precision. */
  public Batch to(Precision precision) {
    checkNotNull(precision, "a batch was given null as its precision");
    return new Batch(
        parts.stream()
            .map(part -> part.with(part.tensor().to(precision)))
            .collect(ImmutableList.toImmutableList()));
  }

  @Override
  public String toString() {
    return "batch " + parts;
  }
}
