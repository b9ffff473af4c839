package dev.whiteboard.caching;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Who changes the store and then invalidates the key is never shown the old value again: to all who look through the
 * cache, the store is one number that changes at one moment.
 */
@Tag("slow")
public class CacheLoadLincheckTest {
  private final AtomicInteger store = new AtomicInteger();
  private final Cache<String, Integer> cache = Cache.<String, Integer>builder()
      .maximumSize(10)
      .policy(EvictionPolicy.clock())
      .build();

  /** Finds the value, loads it, or waits for another thread that loads it. */
  @Operation
  public int load() {
    return cache.get("key", key -> store.get());
  }

  @Operation
  public int change() {
    int changed = store.incrementAndGet();
    cache.invalidate("key");
    return changed;
  }

  @Test
  void modelChecking() {
    boolean soak = Boolean.getBoolean("whiteboard.soak");
    new ModelCheckingOptions()
        .sequentialSpecification(Store.class)
        .threads(3)
        .actorsBefore(1)
        .actorsPerThread(2)
        .actorsAfter(1)
        .iterations(soak ? 200 : 6)
        .invocationsPerIteration(soak ? 10_000 : 100)
        .check(CacheLoadLincheckTest.class);
  }

  /** Without a cache. */
  public static class Store {
    private int value;

    public int load() {
      return value;
    }

    public int change() {
      return ++value;
    }
  }
}
