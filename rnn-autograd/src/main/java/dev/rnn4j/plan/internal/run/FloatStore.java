package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parameters in float32, with packed copies that are made anew when values have changed. A store
 * may share some parameters with another one.
 */
public final class FloatStore implements Store {
  /** Where the values of a matrix lie. */
  private record Source(float[] values, Layout matrix) {}

  /** Packed matrices side by side, and the version of the values that they were made from. */
  static final class Pack {
    private final FloatStore store;
    private final List<Source> sources;
    private final FloatPacked packed;
    private final float[] together;
    private volatile long version = -1;

    private Pack(FloatStore store, List<Source> sources, FloatKernels kernels) {
      this.store = store;
      this.sources = sources;
      int k = sources.get(0).matrix().shape().size(-2);
      int n = sources.stream().mapToInt(source -> source.matrix().shape().size(-1)).sum();
      packed = kernels.packed(k, n);
      together = new float[sources.size() == 1 ? 0 : k * n];
    }

    FloatPacked packed() {
      return packed;
    }

    /** Packs again what has changed since. */
    void refresh(FloatKernels kernels) {
      if (version != store.version()) {
        synchronized (this) {
          long current = store.version();
          if (version != current) {
            make(kernels);
            version = current;
          }
        }
      }
    }

    private void make(FloatKernels kernels) {
      if (sources.size() == 1) {
        Layout matrix = sources.get(0).matrix();
        int row = matrix.stride(-2);
        kernels.pack(sources.get(0).values(), matrix.offset(), row, matrix.stride(-1), packed);
        return;
      }
      int from = 0;
      for (int i = 0; i < sources.size(); i++) { // an iterator would be an object at every update
        copy(sources.get(i), from);
        from += sources.get(i).matrix().shape().size(-1);
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

  /** What holds the parameters in common, or null. */
  private final FloatStore other;

  private final Set<Parameter> common;
  private final Map<Parameter, float[]> values = new HashMap<>();
  private final Map<Key, Pack> packs = new HashMap<>();
  private volatile long version;

  /** Creates a store without values. */
  public FloatStore() {
    this(null, Set.of());
  }

  private FloatStore(FloatStore other, Set<Parameter> common) {
    this.other = other;
    this.common = common;
  }

  @Override
  public FloatStore sharing(Set<Parameter> parameters) {
    return new FloatStore(this, parameters);
  }

  /** Returns the store that holds a parameter. */
  FloatStore of(Parameter parameter) {
    return common.contains(parameter) ? other.of(parameter) : this;
  }

  /** Returns the array of a parameter, which stays the same. */
  float[] array(Parameter parameter) {
    return of(parameter).ownArray(parameter);
  }

  private synchronized float[] ownArray(Parameter parameter) {
    return values.computeIfAbsent(parameter, absent -> parameter.initial().toFloats());
  }

  private long version() {
    return other == null ? version : version + other.version();
  }

  /** Returns the packed form of matrices that lie in parameters, side by side. */
  Pack pack(List<Place> matrices, FloatKernels kernels) {
    List<Parameter> parameters =
        matrices.stream().map(place -> (Parameter) place.buffer().source()).toList();
    boolean elsewhere = common.containsAll(parameters);
    return elsewhere ? other.pack(matrices, kernels) : ownPack(parameters, matrices, kernels);
  }

  private synchronized Pack ownPack(
      List<Parameter> parameters, List<Place> matrices, FloatKernels kernels) {
    List<Layout> layouts = matrices.stream().map(place -> place.layout().step(0)).toList();
    return packs.computeIfAbsent(
        new Key(parameters, layouts, kernels),
        absent -> {
          List<Source> sources = new ArrayList<>();
          for (int i = 0; i < layouts.size(); i++) {
            sources.add(new Source(array(parameters.get(i)), layouts.get(i)));
          }
          return new Pack(this, sources, kernels);
        });
  }

  @Override
  public Tensor get(Parameter parameter) {
    return of(parameter).ownValue(parameter);
  }

  private synchronized Tensor ownValue(Parameter parameter) {
    float[] value = values.get(parameter);
    return Tensor.of(parameter.shape(), value == null ? parameter.initial().toFloats() : value);
  }

  @Override
  public void set(Parameter parameter, Tensor value) {
    of(parameter).setOwn(parameter, value);
  }

  private synchronized void setOwn(Parameter parameter, Tensor value) {
    value.copyTo(ownArray(parameter));
    changed();
  }

  @Override
  public synchronized Set<Parameter> parameters() {
    Set<Parameter> all = new LinkedHashSet<>();
    if (other != null) {
      all.addAll(other.parameters());
      all.retainAll(common);
    }
    all.addAll(values.keySet());
    return all;
  }

  /** Tells packed copies that values of this store have changed. */
  synchronized void changed() {
    version++;
  }
}
