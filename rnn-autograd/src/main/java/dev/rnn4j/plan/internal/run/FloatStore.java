package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parameters in float32, with packed copies that are made anew when values have changed. */
public final class FloatStore implements Store {
  /** Where the values of a matrix lie. */
  private record Source(float[] values, Layout matrix) {}

  /** Packed matrices side by side, and the version of the values that they were made from. */
  static final class Pack {
    private final List<Source> sources;
    private final FloatPacked packed;
    private final float[] together;
    private volatile long version = -1;

    private Pack(List<Source> sources, FloatKernels kernels) {
      this.sources = sources;
      int k = sources.get(0).matrix().shape().size(-2);
      int n = sources.stream().mapToInt(source -> source.matrix().shape().size(-1)).sum();
      packed = kernels.packed(k, n);
      together = new float[sources.size() == 1 ? 0 : k * n];
    }

    FloatPacked packed() {
      return packed;
    }

    private void make(FloatKernels kernels) {
      if (sources.size() == 1) {
        Layout matrix = sources.get(0).matrix();
        int row = matrix.stride(-2);
        kernels.pack(sources.get(0).values(), matrix.offset(), row, matrix.stride(-1), packed);
        return;
      }
      int from = 0;
      for (Source source : sources) {
        copy(source, from);
        from += source.matrix().shape().size(-1);
      }
      kernels.pack(together, 0, packed.n(), 1, packed);
    }

    private void copy(Source source, int from) {
      Layout matrix = source.matrix();
      for (int i = 0; i < packed.k(); i++) {
        for (int j = 0; j < matrix.shape().size(-1); j++) {
          int at = matrix.offset() + i * matrix.stride(-2) + j * matrix.stride(-1);
          together[i * packed.n() + from + j] = source.values()[at];
        }
      }
    }
  }

  private record Key(List<Parameter> parameters, List<Layout> matrices, FloatKernels kernels) {}

  private final Map<Parameter, float[]> values = new HashMap<>();
  private final Map<Key, Pack> packs = new HashMap<>();
  private volatile long version;

  /** Creates a store without values. */
  public FloatStore() {}

  /** Returns the array of a parameter, which stays the same. */
  synchronized float[] array(Parameter parameter) {
    return values.computeIfAbsent(parameter, absent -> parameter.initial().toFloats());
  }

  /** Returns the packed form of matrices that lie in parameters, side by side. */
  synchronized Pack pack(List<Place> matrices, FloatKernels kernels) {
    List<Parameter> parameters =
        matrices.stream().map(place -> (Parameter) place.buffer().source()).toList();
    List<Layout> layouts = matrices.stream().map(place -> place.layout().step(0)).toList();
    return packs.computeIfAbsent(
        new Key(parameters, layouts, kernels),
        absent -> {
          List<Source> sources = new ArrayList<>();
          for (int i = 0; i < layouts.size(); i++) {
            sources.add(new Source(array(parameters.get(i)), layouts.get(i)));
          }
          return new Pack(sources, kernels);
        });
  }

  /** Packs again what has changed since. */
  void refresh(Pack pack, FloatKernels kernels) {
    if (pack.version != version) {
      synchronized (pack) {
        long current = version;
        if (pack.version != current) {
          pack.make(kernels);
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
