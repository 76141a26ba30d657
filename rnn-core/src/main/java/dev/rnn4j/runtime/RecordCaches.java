package dev.rnn4j.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.runtime.ObjectMethods;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a JVM remembers of records. JDK 17 keeps, for as long as it runs, the types of that record
 * whose equality or hash code was used for the first time last, and so their class loader with
 * everything that it loaded. Asked for those of a class of its own, it forgets ours.
 */
public final class RecordCaches {
  private static final AtomicInteger COMPILED = new AtomicInteger();

  private RecordCaches() {}

  /**
   * Says that a plan was compiled. What is used for the first time then is used for good; so the
   * first plan lets the JVM forget, and the second, the fourth and so on.
   */
  public static void compiled() {
    if (Integer.bitCount(COMPILED.incrementAndGet()) == 1) {
      forget();
    }
  }

  /** Lets the JVM forget the records of this library. */
  static void forget() {
    try {
      for (String method : new String[] {"equals", "hashCode"}) {
        ObjectMethods.bootstrap(
            MethodHandles.publicLookup(),
            method,
            MethodHandle.class,
            String.class,
            "same",
            MethodHandles.identity(String.class));
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e); // it refuses other arguments only
    }
  }
}
