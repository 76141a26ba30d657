package dev.rnn4j.plan.internal;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.plan.Pass;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** A program in float32, bound to arrays. */
public final class FloatExecutable implements Executable {
  private final Program program;
  private final FloatStore store;
  private final FloatArena arena;
  private final FloatCode[] code;
  private final boolean findNaN;

  /**
   * Creates the executable with new arrays.
   *
   * @param findNaN whether to stop at the first instruction that produces NaN
   */
  public FloatExecutable(Program program, FloatStore store, FloatKernels kernels, boolean findNaN) {
    this.program = program;
    this.store = store;
    this.findNaN = findNaN;
    this.arena =
        new FloatArena(kernels, program.arrays().stream().map(this::array).toArray(float[][]::new));
    this.code = program.instructions().stream().map(this::emit).toArray(FloatCode[]::new);
  }

  private float[] array(Program.Array array) {
    if (array.kind() == Buffer.Kind.WEIGHT) {
      return store.array((Parameter) array.source());
    }
    if (array.kind() != Buffer.Kind.CONSTANT) {
      return new float[array.size()];
    }
    Constant constant = (Constant) array.source().op();
    double[] values = new double[array.source().shape().elements()];
    constant.forward(array.source(), new double[0][], values);
    return Tensor.of(array.source().shape(), values).toFloats();
  }

  private FloatCode emit(Instruction instruction) {
    FloatCode plain = emitPlain(instruction);
    return findNaN && !(instruction instanceof Instruction.Loop)
        ? new FloatNaNCheck(instruction, plain)
        : plain;
  }

  private FloatCode emitPlain(Instruction instruction) {
    if (instruction instanceof Instruction.Elementwise) {
      return new FloatBlock(List.of(Instruction.Timed.always(instruction)), arena);
    }
    if (instruction instanceof Instruction.Block block) {
      return new FloatBlock(block.body(), arena);
    }
    if (instruction instanceof Instruction.Product product) {
      return FloatProduct.of(product, arena, store, program.passes().contains(Pass.PACK));
    }
    if (instruction instanceof Instruction.Fold fold) {
      return FloatFold.of(fold);
    }
    if (instruction instanceof Instruction.Copy copy) {
      return FloatMoving.copy(copy);
    }
    if (instruction instanceof Instruction.Lookup lookup) {
      return FloatMoving.lookup(lookup);
    }
    if (instruction instanceof Instruction.Scatter scatter) {
      return FloatMoving.scatter(scatter);
    }
    if (instruction instanceof Instruction.Loop loop) {
      return new FloatLoop(loop, loop.flat().stream().map(this::emit).toArray(FloatCode[]::new));
    }
    return new FloatCall((Instruction.Call) instruction);
  }

  @Override
  public void compute() {
    run(0, program.split());
  }

  @Override
  public void update() {
    if (program.split() < code.length) {
      run(program.split(), code.length);
      store.changed();
    }
  }

  private void run(int from, int to) {
    for (int i = from; i < to; i++) {
      code[i].run(arena, Trace.NO_STEP);
    }
  }

  @Override
  public void write(Place place, Tensor value) {
    float[] array = arena.arrays[place.buffer().slot()];
    value.copyTo(array);
  }

  @Override
  public void write(Place place, int position, double value) {
    arena.arrays[place.buffer().slot()][place.layout().offset() + position] = (float) value;
  }

  @Override
  public double read(Place place, int position) {
    return arena.arrays[place.buffer().slot()][place.layout().offset() + position];
  }

  @Override
  public Tensor read(Place place) {
    float[] values = new float[place.shape().elements()];
    Layout dense = Layout.dense(place.shape());
    Loops loops = Loops.over(List.of(dense, place.layout()));
    dev.rnn4j.kernel.FloatMoves.copy(
        loops.sizes(),
        arena.arrays[place.buffer().slot()],
        place.layout().offset(),
        loops.strides()[1],
        values,
        0,
        loops.strides()[0]);
    return Tensor.of(place.shape(), values);
  }

  @Override
  public long bytes() {
    return Arrays.stream(arena.arrays).mapToLong(array -> (long) array.length * Float.BYTES).sum();
  }
}
