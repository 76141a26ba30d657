package dev.rnn4j.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.runtime.Team;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.SmallWork;
import dev.rnn4j.usage.Cells;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads change nothing but the time: no bit, no error, no byte. */
class ThreadsTest {
  private static final int I = 3;
  private static final int H = 5;

  @TempDir Path folder;

  private final Random random = new Random(71);
  private final Draw draw = new Draw(random);

  @ParameterizedTest
  @EnumSource(Cells.class)
  void everyCellHasTheSameBits(Cells cell) {
    for (int batch : new int[] {1, 2, 7}) {
      for (int length : new int[] {1, 5}) {
        check(cell, length, batch);
      }
    }
    check(cell, 9, 33);
  }

  private void check(Cells cell, int length, int batch) {
    Input x = Input.of("x", length, batch, I);
    Node y = new Recurrent<>(cell.of(I, H, random)).apply(x);
    List<Node> leaves =
        Graphs.topological(List.of(y)).stream()
            .filter(node -> node instanceof Parameter || node == x)
            .toList();
    List<Node> all = new ArrayList<>(List.of(y));
    all.addAll(Gradients.of(y.square().sum(), leaves));
    Node gradients = Node.sum(all.stream().map(node -> node.square().sum()).toList());
    all.addAll(Gradients.of(gradients, leaves));
    Map<Node, Tensor> values = Map.of(x, draw.uniform(x.shape(), -1, 1));
    SmallWork.inParts(() -> Agreement.checkThreads(all, values));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 33})
  void sumsAndProductsOfEveryShapeHaveTheSameBits(int size) {
    Map<Node, Tensor> values = new HashMap<>();
    List<Node> all = new ArrayList<>();
    int large = size < 33 ? 300 : 67;
    for (int[] shape :
        new int[][] {
          {size, large, 3}, {3, size, 1}, {1, 1, size}, {40, 2, size}, {5, size, large}
        }) {
      Input x = Input.of("x", shape);
      values.put(x, draw.uniform(x.shape(), -1, 1));
      Node matrix = x.reshape(shape[0] * shape[1], shape[2]);
      all.addAll(List.of(x.sum(), x.max(), x.sum(0), x.sum(1), x.max(1), x.sum(2), x.sum(0, 2)));
      all.addAll(List.of(x.square().sum(), x.square().sum(0), x.square().sum(1)));
      all.add(x.times(x.plus(1)).sum(0));
      all.addAll(List.of(x.transpose(2, 0, 1).tanh(), x.plus(x.step(0)), x.softmax()));
      all.addAll(List.of(matrix.transpose().matmul(matrix), x.matmul(x.transpose(0, 2, 1))));
      all.add(matrix.slice(1, 0, 1).matmul(matrix.slice(0, 0, 1)));
    }
    SmallWork.inParts(() -> Agreement.checkThreads(all, values));
  }

  @Test
  void anErrorIsTheSameOnAnyThread() {
    Parameter table = Parameter.of("table", draw.uniform(Shape.of(4, 6), -1, 1));
    Input index = Input.of("index", 50);
    Node y = table.gather(index).tanh();
    double[] indices = new double[50];
    indices[20] = 9;
    indices[40] = 11;
    List<String> messages = new ArrayList<>();
    for (int threads : new int[] {1, 2, 7}) {
      SmallWork.inParts(
          () -> {
            Session session = Plan.of(y).threads(threads).compile(Precision.FLOAT32).session();
            session.set(index, indices);
            messages.add(assertThrows(IndexOutOfBoundsException.class, session::run).getMessage());
            session.set(index, new double[50]).run();
            assertEquals(session.get(y).at(0), session.get(y).at(49 * 6));
          });
    }
    assertTrue(messages.get(0).contains("the input index at sequence 20 is 9.0"), messages.get(0));
    assertEquals(List.of(messages.get(0)), messages.stream().distinct().toList());
  }

  /** An op that fails in the rows where its operand is negative. */
  private static final class Picky extends Op {
    @Override
    public String name() {
      return "picky";
    }

    @Override
    public boolean hasIndependentRows() {
      return true;
    }

    @Override
    public Shape shape(List<Node> operands) {
      return operands.get(0).shape();
    }

    @Override
    public void forward(Node node, double[][] x, double[] y) {
      for (int i = 0; i < y.length; i++) {
        if (x[0][i] < 0) {
          throw new IllegalStateException("negative at " + i + " of " + node.shape());
        }
        y[i] = x[0][i];
      }
    }

    @Override
    public List<Node> gradient(Node y, Node dy) {
      return gradients(dy);
    }
  }

  @Test
  void anErrorOfAnOpIsThatOfAllRows() {
    Input x = Input.of("x", 20, 2);
    Node y = Node.apply(new Picky(), x);
    double[] values = new double[40];
    values[37] = -1;
    SmallWork.inParts(
        () -> {
          Session session = Plan.of(y).threads(3).compile(Precision.FLOAT64).session();
          session.set(x, values);
          Exception e = assertThrows(IllegalStateException.class, session::run);
          assertEquals("negative at 37 of [20, 2]", e.getMessage());
          values[37] = 5;
          assertEquals(5, session.set(x, values).run().get(y).at(37));
        });
  }

  /** An op that remembers how many rows it was given. */
  private static final class Counted extends Op {
    private final Set<Integer> rows = ConcurrentHashMap.newKeySet();

    @Override
    public String name() {
      return "counted";
    }

    @Override
    public boolean hasIndependentRows() {
      return true;
    }

    @Override
    public Shape shape(List<Node> operands) {
      return operands.get(0).shape();
    }

    @Override
    public void forward(Node node, double[][] x, double[] y) {
      rows.add(node.shape().size(0));
      System.arraycopy(x[0], 0, y, 0, y.length);
    }

    @Override
    public List<Node> gradient(Node y, Node dy) {
      return gradients(dy);
    }
  }

  /** h' = tanh(counted(h) + x). */
  private record CountedCell(Counted op) implements Cell<Node> {
    @Override
    public Node initialState(int batchSize) {
      return Node.zeros(batchSize, H);
    }

    @Override
    public Step<Node> step(Node x, Node h) {
      Node next = Node.apply(op, h).plus(x).tanh();
      return new Step<>(next, next);
    }
  }

  @Test
  void aLoopIsCutWhereverItsArraysLie() {
    Counted op = new Counted();
    Input x = Input.of("x", 4, 6, H);
    Node y = new Recurrent<>(new CountedCell(op)).apply(x.plus(1)).plus(x);
    SmallWork.inParts(
        () ->
            Plan.of(y)
                .threads(2)
                .compile(Precision.FLOAT32)
                .session()
                .set(x, new double[120])
                .run());
    assertEquals(Set.of(3), op.rows);
  }

  @Test
  void theFirstNaNIsFoundOnAnyNumberOfThreads() {
    Input x = Input.of("x", 60, 40);
    Node y = x.plus(1).log().tanh();
    double[] values = new double[2400];
    values[100] = -5;
    values[2000] = -5;
    List<String> messages = new ArrayList<>();
    String before = System.setProperty("rnn.checks", "nan,plan");
    try {
      for (int threads : new int[] {1, 7}) {
        SmallWork.inParts(
            () -> {
              Session session = Plan.of(y).threads(threads).compile(Precision.FLOAT32).session();
              session.set(x, values);
              messages.add(assertThrows(ArithmeticException.class, session::run).getMessage());
            });
      }
    } finally {
      SmallWork.restore("rnn.checks", before);
    }
    assertEquals(messages.get(0), messages.get(1));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aWarmRunAllocatesNothingOnAnyThread(Precision precision) {
    Input x = Input.of("x", 20, 16, 24);
    Node loss = new Recurrent<>(ElmanCell.of(24, 32, random)).apply(x).square().mean();
    Node[] gradients =
        Gradients.of(
                loss,
                Graphs.topological(List.of(loss)).stream()
                    .filter(Parameter.class::isInstance)
                    .toList())
            .toArray(Node[]::new);
    Session[] session = new Session[1];
    SmallWork.inParts(
        () -> session[0] = Plan.of(gradients).threads(3).compile(precision).session());
    long least = Long.MAX_VALUE;
    // Time may pass while the process is stopped: there are many rounds in any case.
    long deadline = System.nanoTime() + 60_000_000_000L;
    for (int round = 0; least != 0 && (round < 1000 || System.nanoTime() < deadline); round++) {
      long own = -allocated() + allocated();
      long before = allocated();
      for (int i = 0; i < 100; i++) {
        session[0].run();
      }
      least = Math.min(least, allocated() - before - own);
    }
    assertEquals(0, least, "bytes of 100 runs");
  }

  /** Returns the bytes that this thread and the team's have allocated. */
  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (long id : TEAM) {
      sum += threads.getThreadAllocatedBytes(id);
    }
    return sum;
  }

  private static final long[] TEAM = startTeam();

  /** Makes the team's threads, and returns their numbers. */
  private static long[] startTeam() {
    Input x = Input.of("x", 1 << 20);
    Plan.of(x.tanh()).threads(3).compile(Precision.FLOAT32).session().run();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("rnn-[0-9]+"))
        .mapToLong(Thread::getId)
        .toArray();
  }

  @Test
  void aTeamWithoutWorkSleeps() throws InterruptedException {
    assertTrue(TEAM.length >= 2, Arrays.toString(TEAM));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    boolean asleep = false;
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!asleep && System.nanoTime() < deadline) {
      long before = Arrays.stream(TEAM).map(threads::getThreadCpuTime).sum();
      Thread.sleep(200);
      asleep = Arrays.stream(TEAM).map(threads::getThreadCpuTime).sum() == before;
    }
    assertTrue(asleep, "the threads of the team take time without work");
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      assertTrue(!thread.getName().matches("rnn-[0-9]+") || thread.isDaemon(), thread.getName());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "7, 6"})
  void aRunStartsNoMoreThreadsThanAsked(int asked, int started) throws Exception {
    Path out = Files.createTempFile(folder, "out", "");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Drnn.threads=" + asked);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), TeamProbe.class.getName()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the team keeps the JVM alive");
    assertEquals("threads " + started, Files.readString(out).strip());
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void runsAtTheSameTimeDoNotDisturbEachOther(Precision precision) throws Exception {
    Input x = Input.of("x", 9, 13, I);
    Node y = new Recurrent<>(Cells.PEEPHOLE_LSTM.of(I, 11, random)).apply(x);
    List<Tensor> batches = new ArrayList<>();
    List<Tensor> expected = new ArrayList<>();
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      batches.add(draw.uniform(x.shape(), -1, 1));
      Plan alone = Plan.of(y).threads(1).compile(precision);
      expected.add(alone.session().set(x, batches.get(i)).run().get(y));
    }
    SmallWork.inParts(
        () -> {
          for (int i = 0; i < 4; i++) {
            Plan plan = Plan.of(y).threads(1 + i).compile(precision);
            sessions.add(plan.session().set(x, batches.get(i)));
          }
        });
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int caller = i;
        tasks.add(
            () -> {
              for (int run = 0; run < 200; run++) {
                Tensor result = sessions.get(caller).run().get(y);
                Agreement.assertSameBits(expected.get(caller), result, "caller " + caller);
              }
              return null;
            });
      }
      for (Future<Void> future : callers.invokeAll(tasks)) {
        future.get();
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void whereTheTeamIsBusyARunIsAlone(Precision precision) {
    Input a = Input.of("a", 40, 50);
    Input b = Input.of("b", 50, 60);
    Input c = Input.of("c", 60, 70);
    Parameter p = Parameter.of("p", Tensor.zeros(Shape.of(40, 60)));
    Node ab = a.matmul(b);
    Node abc = ab.matmul(c).tanh();
    Tensor[] values = {uniform(a), uniform(b), uniform(c)};
    Plan alone = Plan.of(ab, abc).update(p, ab.plus(p)).threads(1).compile(precision);
    Session expected = alone.session().set(a, values[0]).set(b, values[1]).set(c, values[2]);
    List<Session> sessions = new ArrayList<>();
    SmallWork.inParts(
        () -> {
          Plan plan = Plan.of(ab, abc).update(p, ab.plus(p)).threads(3).compile(precision);
          sessions.add(plan.session().set(a, values[0]).set(b, values[1]).set(c, values[2]));
        });
    Session session = sessions.get(0);
    Tensor more = uniform(b);
    for (boolean busy : new boolean[] {true, false, true}) {
      for (Session each : List.of(session, expected)) {
        each.set(b, busy ? values[1] : more).set(c, values[2]);
      }
      Team team = busy ? Team.enter(3) : null;
      try {
        session.run();
      } finally {
        if (busy) {
          team.leave();
        }
      }
      expected.run();
      Agreement.assertSameBits(expected.get(ab), session.get(ab), "a·b");
      Agreement.assertSameBits(expected.get(abc), session.get(abc), "tanh(a·b·c)");
      Tensor sum = expected.plan().weights().get(p);
      Agreement.assertSameBits(sum, session.plan().weights().get(p), "p");
    }
  }

  private Tensor uniform(Input input) {
    return draw.uniform(input.shape(), -1, 1);
  }

  @Test
  void aNumberOutOfRangeIsNamed() {
    Plan.Builder builder = Plan.of(Node.zeros(1));
    assertEquals(
        "a run has from 1 to 256 threads, and not 0",
        assertThrows(IllegalArgumentException.class, () -> builder.threads(0)).getMessage());
    String before = System.getProperty("rnn.threads");
    try {
      for (String wrong : new String[] {"many", "0", "257", "-1", ""}) {
        System.setProperty("rnn.threads", wrong);
        assertEquals(
            "rnn.threads is '" + wrong + "'; it must be a number from 1 to 256",
            assertThrows(IllegalArgumentException.class, Threads::byDefault).getMessage());
      }
      System.setProperty("rnn.threads", "5");
      assertEquals(5, Threads.byDefault());
    } finally {
      if (before == null) {
        System.clearProperty("rnn.threads");
      } else {
        System.setProperty("rnn.threads", before);
      }
    }
  }
}
