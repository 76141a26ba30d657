package dev.rnn4j.contract;

import com.google.common.base.Splitter;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Two JVMs, one with scalar kernels and one with vector kernels, for kernels are chosen once:
 * {@link #main} reads cells, one after the other, and writes what it makes of a sequence. They are
 * started when they are asked first, and end when they are closed, or when this JVM ends.
 */
final class OtherKernels implements AutoCloseable {
  private static final String VECTOR = "jdk.incubator.vector";

  /** A JVM that answers. */
  private record Worker(Process process, DataOutputStream out, DataInputStream in) {}

  /** What a JVM made, and the fewest bytes that a run took, if it was asked for them. */
  private record Answer(CellFile.Values[] made, long bytes) implements Serializable {
    List<Tensor> tensors(Precision precision) {
      return Arrays.stream(made).map(values -> values.tensor().to(precision)).toList();
    }
  }

  private final List<Worker> workers = new ArrayList<>();
  private final List<List<Tensor>> answers = new ArrayList<>();

  /** Runs a cell in both. */
  void ask(Subject<?> subject, Extent extent, Precision precision) {
    if (ModuleFinder.ofSystem().find(VECTOR).isEmpty()) {
      throw new UntriedException("this JDK has no " + VECTOR);
    }
    answers.clear();
    try {
      start(subject);
      for (Worker worker : workers) {
        send(worker, subject, extent, precision, false);
      }
      for (Worker worker : workers) {
        answers.add(answer(worker.in()).tensors(precision));
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Returns the fewest bytes that a run allocates of some, by scalar kernels. */
  long bytes(Subject<?> subject, Extent extent, Precision precision) {
    try {
      start(subject);
      send(workers.get(0), subject, extent, precision, true);
      return answer(workers.get(0).in()).bytes();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void start(Subject<?> subject) throws IOException {
    if (workers.isEmpty()) {
      List<String> path =
          classPath(
              OtherKernels.class.getClassLoader(), subject.cell().getClass().getClassLoader());
      workers.add(start("scalar", path));
      workers.add(start("vector", path));
    }
  }

  private static void send(
      Worker worker, Subject<?> subject, Extent extent, Precision precision, boolean countsBytes)
      throws IOException {
    CellFile.write(subject.cell(), worker.out());
    worker.out().writeInt(subject.inputSize());
    worker.out().writeLong(subject.seed());
    worker.out().writeInt(extent.steps());
    worker.out().writeInt(extent.sequences());
    worker.out().writeUTF(precision.name());
    worker.out().writeBoolean(countsBytes);
    worker.out().flush();
  }

  private UntriedException failed(IOException e) {
    boolean ended = workers.stream().anyMatch(OtherKernels::hasEnded);
    close();
    return new UntriedException(
        "another JVM did not run the cell: "
            + (ended
                ? "it ended, as it does where java.class.path lacks classes of the cell"
                : e.getMessage()));
  }

  private static boolean hasEnded(Worker worker) {
    try {
      return worker.process().waitFor(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Answer answer(DataInputStream in) throws IOException {
    Object answer = CellFile.readObject(in);
    if (answer instanceof String failure) {
      throw new IOException(failure);
    }
    return (Answer) answer;
  }

  /** Returns what scalar kernels made. */
  List<Tensor> scalar() {
    return answers.get(0);
  }

  /** Returns what vector kernels made. */
  List<Tensor> vector() {
    return answers.get(1);
  }

  private static Worker start(String kernels, List<String> classPath) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", VECTOR, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(
        List.of("-Drnn.kernels=" + kernels, "-cp", String.join(File.pathSeparator, classPath)));
    command.add(OtherKernels.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new Worker(
        process,
        new DataOutputStream(new BufferedOutputStream(process.getOutputStream())),
        new DataInputStream(process.getInputStream()));
  }

  /**
   * Returns all that this JVM finds classes in: modules are found on a class path too, and so are
   * the jars of a loader by which Maven runs a main class in its own JVM.
   */
  static List<String> classPath(ClassLoader... loaders) {
    Set<String> path = new LinkedHashSet<>();
    for (ClassLoader loader : loaders) {
      for (ClassLoader l = loader; l != null; l = l.getParent()) {
        if (l instanceof URLClassLoader some) {
          Arrays.stream(some.getURLs())
              .filter(url -> url.getProtocol().equals("file"))
              .forEach(url -> path.add(file(url)));
        }
      }
    }
    for (String property : List.of("surefire.test.class.path", "java.class.path")) {
      Optional.ofNullable(System.getProperty(property))
          .filter(s -> !s.isEmpty())
          .ifPresent(path::add);
    }
    path.addAll(modules(System.getProperty("jdk.module.path", "")));
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (argument.startsWith("--patch-module=")) {
        path.add(argument.substring(argument.lastIndexOf('=') + 1));
      }
    }
    return List.copyOf(path);
  }

  /** Returns the jars and folders of classes on a module path, which may name folders of them. */
  static List<String> modules(String modulePath) {
    List<String> found = new ArrayList<>();
    for (String entry : Splitter.on(File.pathSeparator).omitEmptyStrings().split(modulePath)) {
      File[] within = new File(entry).listFiles();
      if (within == null || new File(entry, "module-info.class").exists()) {
        found.add(entry);
      } else {
        Arrays.stream(within).map(File::getPath).sorted().forEach(found::add);
      }
    }
    return found;
  }

  private static String file(URL url) {
    try {
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      return Path.of(url.getPath()).toString(); // a URL may have blanks and others as they are
    }
  }

  @Override
  public void close() {
    workers.forEach(worker -> worker.process().destroy());
    workers.clear();
  }

  /** Runs cells from its input until that ends, and writes their results. */
  public static void main(String[] args) throws IOException {
    DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    while (true) {
      try {
        run(in, out);
      } catch (java.io.EOFException e) {
        return;
      }
      out.flush();
    }
  }

  private static void run(DataInputStream in, DataOutputStream out) throws IOException {
    Cell<?> cell = (Cell<?>) CellFile.read(in);
    Subject<?> subject = new Subject<>(cell, in.readInt(), in.readLong());
    Trial<?> trial = subject.trial(in.readInt(), in.readInt());
    Precision precision = Precision.valueOf(in.readUTF());
    boolean countsBytes = in.readBoolean();
    CellFile.writeObject(answer(trial, precision, countsBytes), out);
  }

  private static Object answer(Trial<?> trial, Precision precision, boolean countsBytes) {
    try {
      List<Tensor> made = trial.run(precision, 1);
      return new Answer(
          made.stream().map(CellFile.Values::of).toArray(CellFile.Values[]::new),
          countsBytes ? Bytes.leastWithScalars(trial, precision) : 0);
    } catch (RuntimeException e) {
      return e.toString();
    }
  }
}
