package dev.rnn4j.kernel;

import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/**
 * The kernels in use, chosen once: by the property {@code rnn.kernels}, which is {@code auto} (the
 * default), {@code scalar} or {@code vector}, and by whether the Vector API's module is there.
 */
public final class Kernels {
  private static final String MODULE = "jdk.incubator.vector";
  private static final String CURE = "add '--add-modules " + MODULE + "'";

  private static volatile Choice chosen;
  private static volatile FloatKernels float32;
  private static volatile DoubleKernels float64;

  private Kernels() {}

  /** Kernels of a precision that nobody asks for are not made: that takes time. */
  private record Choice(
      Supplier<FloatKernels> float32,
      Supplier<DoubleKernels> float64,
      String advice,
      String reason) {}

  /**
   * Returns the kernels for float32.
   *
   * @throws IllegalArgumentException as {@link Switch#check}
   * @throws IllegalStateException if it asks for vectors and the module is missing
   */
  public static FloatKernels float32() {
    FloatKernels made = float32;
    return made == null ? makeFloat32() : made;
  }

  /** Returns the kernels for float64; see {@link #float32()}. */
  public static DoubleKernels float64() {
    DoubleKernels made = float64;
    return made == null ? makeFloat64() : made;
  }

  /** Returns new scalar kernels for float32. */
  public static FloatKernels scalarFloat() {
    return new ScalarFloatKernels();
  }

  /** Returns new scalar kernels for float64. */
  public static DoubleKernels scalarDouble() {
    return new ScalarDoubleKernels();
  }

  /**
   * Returns new vector kernels for float32.
   *
   * @throws IllegalStateException if the module is missing
   */
  public static FloatKernels vectorFloat() {
    return vector(FloatKernels.class, false);
  }

  /** Returns new vector kernels for float64; see {@link #vectorFloat()}. */
  public static DoubleKernels vectorDouble() {
    return vector(DoubleKernels.class, false);
  }

  /**
   * Returns new kernels for float32 that are scalar until their vector form is warm, one operation
   * after the other.
   *
   * @throws IllegalStateException if the module is missing
   */
  public static FloatKernels warmingFloat() {
    return vector(FloatKernels.class, true);
  }

  /** Returns new warming kernels for float64; see {@link #warmingFloat()}. */
  public static DoubleKernels warmingDouble() {
    return vector(DoubleKernels.class, true);
  }

  /**
   * Waits until whatever warming kernels were asked for so far is warm, or given up. Benchmarks
   * want to; others have no reason to wait.
   */
  public static void awaitWarm() throws InterruptedException {
    WarmUp.await();
  }

  /**
   * Returns whether all is warm that warming kernels were asked for so far; or was given up, as
   * vector code that goes on making objects is.
   */
  public static boolean areWarm() {
    return WarmUp.isOver();
  }

  /** Returns whether the module of the Vector API is there. */
  public static boolean hasVectorModule() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /** Returns a few lines that say which kernels are in use, and why. */
  public static String report() {
    Choice choice = chosen();
    String module = hasVectorModule() ? "present" : "missing; " + CURE;
    return String.join(
        System.lineSeparator(),
        "JDK            " + Runtime.version() + ", " + System.getProperty("os.arch"),
        "vector module  " + module,
        "FMA            " + (Hardware.hasFma() ? "yes" : "no; matrix products will be slow"),
        "float32        " + float32().description(),
        "float64        " + float64().description(),
        "because        " + choice.reason());
  }

  private static synchronized FloatKernels makeFloat32() {
    Choice choice = chosen(); // which may be logged, with kernels that are made for it
    if (float32 == null) {
      float32 = choice.float32().get();
    }
    return float32;
  }

  private static synchronized DoubleKernels makeFloat64() {
    Choice choice = chosen();
    if (float64 == null) {
      float64 = choice.float64().get();
    }
    return float64;
  }

  private static Choice chosen() {
    if (chosen == null) {
      choose();
    }
    return chosen;
  }

  private static synchronized void choose() {
    if (chosen == null) {
      Choice choice = choice(Switch.KERNELS.value().orElse("auto"));
      boolean worthALine = !choice.advice().isEmpty() || Switch.DEBUG.is("1");
      Level level = worthALine ? Level.INFO : Level.DEBUG;
      chosen = choice;
      System.getLogger("rnn").log(level, () -> "rnn: " + float32().description() + choice.advice());
    }
  }

  private static Choice choice(String asked) {
    return switch (asked) {
      case "scalar" -> scalar("", "-Drnn.kernels=scalar asks for them");
      case "vector" -> vector(false, "-Drnn.kernels=vector asks for them");
      default ->
          hasVectorModule()
              ? vector(true, "the module " + MODULE + " is present")
              : scalar("; " + CURE + " for SIMD", "the module " + MODULE + " is missing; " + CURE);
    };
  }

  private static Choice scalar(String advice, String reason) {
    return new Choice(Kernels::scalarFloat, Kernels::scalarDouble, advice, reason);
  }

  private static Choice vector(boolean warming, String reason) {
    return new Choice(
        () -> vector(FloatKernels.class, warming),
        () -> vector(DoubleKernels.class, warming),
        "",
        reason);
  }

  /** Loads by name, so that nothing of the Vector API is touched where it is missing. */
  private static <K> K vector(Class<K> kernels, boolean warming) {
    if (!hasVectorModule()) {
      throw new IllegalStateException(
          "vector kernels need the module "
              + MODULE
              + ", which this JVM was started without; "
              + CURE);
    }
    String name = Kernels.class.getPackageName() + ".vector.Vector" + kernels.getSimpleName();
    try {
      return kernels.cast(Class.forName(name).getConstructor(boolean.class).newInstance(warming));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the vector kernels cannot be loaded", e);
    } catch (ExceptionInInitializerError e) {
      throw new IllegalStateException(e.getCause().getMessage(), e);
    }
  }
}
