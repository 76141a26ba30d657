package dev.rnn4j.train;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Dropout;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** A server that takes an application away, which had trained, predicted and streamed. */
final class UnloadTrial {
  private UnloadTrial() {}

  /** What an application does with the library, in a class loader of its own. */
  public static final class Application implements Runnable {
    @Override
    public void run() {
      Layer model =
          Stacked.of(
              new Dropout(0.2),
              new Recurrent<>(LstmCell.of(32, 64, new Philox(1))),
              Dense.of(64, 1, new Philox(2)));
      TrainingStep step =
          TrainingStep.of(model, Losses.meanSquaredError())
              .optimizer(Adam.rate(1e-3))
              .threads(2)
              .compile(Precision.FLOAT32);
      Tensor x = Tensor.full(Shape.of(20, 32, 32), 0.5);
      Batch batch = Batch.of(x, Tensor.zeros(Shape.of(20, 32, 1)));
      for (int i = 0; i < 20; i++) {
        step.run(batch);
      }
      step.compute(batch, batch.sequences(0, 3));
      step.update();
      step.evaluate(batch);
      Predictor.of(model, step.weights()).predict(x);
      Stream stream = Streaming.of(model, step.weights(), Shape.of(32)).open();
      stream.next(new float[32], new float[1]);
      step.restore(step.checkpoint());
    }
  }

  private static ClassLoader loader() throws MalformedURLException {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      path.add(new File(entry).toURI().toURL());
    }
    return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static WeakReference<ClassLoader> used() throws Exception {
    ClassLoader loader = loader();
    Class<?> application = Class.forName(Application.class.getName(), true, loader);
    ((Runnable) application.getDeclaredConstructor().newInstance()).run();
    return new WeakReference<>(loader);
  }

  /** Ends with an exception where the class loader is still there after a while. */
  public static void main(String[] args) throws Exception {
    WeakReference<ClassLoader> loader = used();
    long begin = System.nanoTime();
    while (loader.get() != null && System.nanoTime() - begin < Long.parseLong(args[0]) * 1e9) {
      System.gc();
      Thread.sleep(200);
    }
    if (loader.get() != null) {
      throw new AssertionError("something of the library is still reachable");
    }
    System.out.println("done");
  }
}
