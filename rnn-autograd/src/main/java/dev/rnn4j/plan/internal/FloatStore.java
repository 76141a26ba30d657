package dev.rnn4j.plan.internal;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/** Parameters in float32, with packed copies that are made anew when values have changed. */
public final class FloatStore implements Store {
  /** A packed matrix and the version of the values that it was made from. */
  static final class Pack {
    private final float[] values;
    private final int offset;
    private final int row;
    private final int column;
    private final FloatPacked packed;
    private volatile long version = -1;

    Pack(float[] values, Layout matrix, FloatPacked packed) {
      this.values = values;
      this.offset = matrix.offset();
      this.row = matrix.stride(-2);
      this.column = matrix.stride(-1);
      this.packed = packed;
    }

    FloatPacked packed() {
      return packed;
    }
  }

  private record Key(
      Parameter parameter, FloatKernels kernels, int at, int row, int column, int k, int n) {}

  private final Map<Parameter, float[]> values = new HashMap<>();
  private final Map<Key, Pack> packs = new HashMap<>();
  private volatile long version;

  /** Creates a store without values. */
  public FloatStore() {}

  /** Returns the array of a parameter, which stays the same. */
  synchronized float[] array(Parameter parameter) {
    return values.computeIfAbsent(parameter, absent -> parameter.initial().toFloats());
  }

  /** Returns the packed form of a matrix that lies in a parameter. */
  synchronized Pack pack(Parameter parameter, Layout matrix, FloatKernels kernels) {
    int k = matrix.shape().size(-2);
    int n = matrix.shape().size(-1);
    Key key =
        new Key(parameter, kernels, matrix.offset(), matrix.stride(-2), matrix.stride(-1), k, n);
    return packs.computeIfAbsent(
        key, absent -> new Pack(array(parameter), matrix, kernels.packed(k, n)));
  }

  /** Packs again what has changed since. */
  void refresh(Pack pack, FloatKernels kernels) {
    if (pack.version != version) {
      synchronized (pack) {
        long current = version;
        if (pack.version != current) {
          kernels.pack(pack.values, pack.offset, pack.row, pack.column, pack.packed);
          pack.version = current;
        }
      }
    }
  }

  @Override
  public synchronized Tensor get(Parameter parameter) {
    return Tensor.of(parameter.shape(), array(parameter));
  }

  @Override
  public synchronized void set(Parameter parameter, Tensor value) {
    value.copyTo(array(parameter));
    changed();
  }

  @Override
  public synchronized void changed() {
    version++;
  }
}
