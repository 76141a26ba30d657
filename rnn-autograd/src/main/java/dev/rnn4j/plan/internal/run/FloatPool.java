package dev.rnn4j.plan.internal.run;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pool in float32. Whoever has arrays of it lets go of them where they are replaced by larger
 * ones, so that those that are replaced are gone.
 */
public final class FloatPool implements Pool {
  /** Scratch of an arena for one of its matrices of n columns. */
  private record Scratch(int arena, int n, int number) {}

  private static final float[] NONE = {};

  private final Turn turn = new Turn();
  private final Map<Integer, float[]> arrays = new HashMap<>();
  private final Map<Scratch, FloatPacked> scratch = new HashMap<>();
  private final List<WeakReference<FloatExecutable>> users = new ArrayList<>();
  private long bytes;

  FloatPool() {}

  @Override
  public Turn turn() {
    return turn;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void release() {
    turn.begin(this);
    try {
      arrays.clear();
      scratch.clear();
      bytes = 0;
      letGo();
    } finally {
      turn.end();
    }
  }

  /** Counts somebody in who is to let go of arrays that are replaced. */
  void enter(FloatExecutable user) {
    users.removeIf(known -> known.get() == null || known.get() == user);
    users.add(new WeakReference<>(user));
  }

  private void letGo() {
    for (WeakReference<FloatExecutable> known : users) {
      FloatExecutable user = known.get();
      if (user != null) {
        user.letGo();
      }
    }
    users.clear();
  }

  /** Returns an array by number, with room for so many elements. */
  float[] array(int number, int size) {
    int before = arrays.getOrDefault(number, NONE).length;
    if (before < size) {
      letGo();
      arrays.remove(number);
      bytes -= (long) before * Float.BYTES;
      arrays.put(number, allocate(size));
      bytes += (long) size * Float.BYTES;
    }
    return arrays.getOrDefault(number, NONE);
  }

  private static float[] allocate(int size) {
    try {
      return new float[size];
    } catch (OutOfMemoryError e) {
      throw Shortage.of(size, Float.BYTES);
    }
  }

  /** Returns scratch of an arena for a packed matrix, by number among those of as many columns. */
  FloatPacked packed(int arena, int number, FloatKernels kernels, int k, int n) {
    Scratch key = new Scratch(arena, n, number);
    FloatPacked known = scratch.get(key);
    FloatPacked packed = known == null ? kernels.packed(k, n) : known.resized(k, n);
    long more = packed.bytes() - (known == null ? 0 : known.bytes());
    if (more != 0) {
      letGo();
      bytes += more;
    }
    scratch.put(key, packed);
    return packed;
  }
}
