package dev.rnn4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.train.History;
import java.io.File;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What users see who have not added the libraries that rnn-optim leaves to them. */
class LibrariesTest {
  private static ClassLoader without(String... libraries) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (List.of(libraries).stream().noneMatch(entry::contains)) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static String complaint(Method method, Object... arguments) {
    InvocationTargetException thrown =
        assertThrows(InvocationTargetException.class, () -> method.invoke(null, arguments));
    assertEquals(IllegalStateException.class, thrown.getCause().getClass());
    return thrown.getCause().getMessage();
  }

  @Test
  void thePlotNamesItsLibrary() throws Exception {
    ClassLoader loader = without("xchart");
    Method write =
        loader
            .loadClass(HistoryPlot.class.getName())
            .getMethod("write", loader.loadClass(History.class.getName()), Path.class);
    assertEquals(
        "the plot needs the library org.knowm.xchart:xchart: add it to your dependencies",
        complaint(write, null, null));
  }

  @Test
  void theProgressBarNamesItsLibrary() throws Exception {
    Method to =
        without("progressbar", "jline")
            .loadClass(ProgressBarListener.class.getName())
            .getMethod("to", PrintStream.class, int.class);
    assertEquals(
        "the progress bar needs the library me.tongfei:progressbar: add it to your dependencies",
        complaint(to, System.err, 79));
  }
}
