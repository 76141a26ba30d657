package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatMoves;
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
  private record Source(float[] values, int offset, int[] sizes, int[] strides) {}

  /** Packed matrices side by side, and the version of the values that they were made from. */
  static final class Pack {
    private final FloatStore store;
    private final List<Source> sources;
    private final FloatPacked packed;
    private final float[] together;
    private final int[] strides;
    private volatile long version = -1;

    private Pack(FloatStore store, List<Source> sources, FloatKernels kernels) {
      this.store = store;
      this.sources = sources;
      int k = sources.get(0).sizes()[0];
      int n = sources.stream().mapToInt(source -> source.sizes()[1]).sum();
      packed = kernels.packed(k, n);
      together = new float[sources.size() == 1 ? 0 : k * n];
      strides = new int[] {n, 1};
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
      Source first = sources.get(0);
      if (sources.size() == 1) {
        int[] matrix = first.strides();
        kernels.pack(first.values(), first.offset(), matrix[0], matrix[1], packed);
        return;
      }
      int to = 0;
      for (int i = 0; i < sources.size(); i++) { // an iterator would be an object at every update
        Source x = sources.get(i);
        FloatMoves.copy(x.sizes(), x.values(), x.offset(), x.strides(), together, to, strides);
        to += x.sizes()[1];
      }
      kernels.pack(together, 0, packed.n(), 1, packed);
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
    FloatStore holder = of(parameter);
    synchronized (holder) {
      return holder.values.computeIfAbsent(parameter, absent -> absent.initial().toFloats());
    }
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
            Layout matrix = layouts.get(i);
            int[] sizes = matrix.shape().toArray();
            float[] array = array(parameters.get(i));
            sources.add(new Source(array, matrix.offset(), sizes, matrix.strides()));
          }
          return new Pack(this, sources, kernels);
        });
  }

  @Override
  public Tensor get(Parameter parameter) {
    FloatStore holder = of(parameter);
    synchronized (holder) {
      float[] value = holder.values.get(parameter);
      return Tensor.of(parameter.shape(), value == null ? parameter.initial().toFloats() : value);
    }
  }

  @Override
  public void set(Parameter parameter, Tensor value) {
    FloatStore holder = of(parameter);
    synchronized (holder) {
      value.copyTo(holder.array(parameter));
      holder.changed();
    }
  }

  @Override
  public synchronized Set<Parameter> parameters() {
    Set<Parameter> all = new LinkedHashSet<>(other == null ? Set.of() : other.parameters());
    all.retainAll(common);
    all.addAll(values.keySet());
    return all;
  }

  /** Tells packed copies that values of this store have changed. */
  synchronized void changed() {
    version++;
  }
}
