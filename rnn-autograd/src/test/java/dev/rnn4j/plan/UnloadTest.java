package dev.rnn4j.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that takes an application away wants its classes and threads gone. */
class UnloadTest {
  /** What an application does with the library, in a class loader of its own. */
  public static final class Application implements Runnable {
    @Override
    public void run() {
      Recurrent<LstmCell.State> layer = new Recurrent<>(LstmCell.of(32, 64, new Philox(1)));
      Input x = Input.of("x", 20, 32, 32);
      Node loss = layer.apply(x).square().mean();
      List<Node> outputs = new ArrayList<>(List.of(loss));
      outputs.addAll(Gradients.of(loss, Parameters.of(layer).values()));
      Session session = Plan.of(outputs).threads(2).compile(Precision.FLOAT32).session();
      session.run().run();
    }
  }

  private record Another(String name) {}

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

  @Test
  @Timeout(300)
  void nothingStaysOfAnApplicationThatIsGone() throws Exception {
    WeakReference<ClassLoader> loader = used();
    // JDK 17 itself remembers the last records whose equals and hashCode were linked.
    assertEquals(Set.of(new Another("a")), Set.copyOf(List.of(new Another("a"), new Another("a"))));
    long begin = System.nanoTime();
    while (loader.get() != null && System.nanoTime() - begin < 120e9) {
      System.gc();
      Thread.sleep(200);
    }
    assertNull(loader.get(), "something of the library is still reachable");
  }
}
