package dev.whiteboard.caching;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * While there is room, a cache is a map: every history of look-ups, writes, removals, loads and computations has a
 * sequential explanation, also while its table grows.
 */
@Tag("slow")
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "10:12")
public class CacheLincheckTest {
  /** One entry less than at which the table grows. */
  private static final int ENTRIES_BEFORE = 15;

  private final Cache<Integer, Integer> cache = Cache.<Integer, Integer>builder()
      .maximumSize(100)
      .policy(EvictionPolicy.clock())
      .build();

  /** Fills the table with other keys. */
  public CacheLincheckTest() {
    for (int i = 0; i < ENTRIES_BEFORE; i++) {
      cache.put(100 + i, i);
    }
  }

  @Operation
  public @Nullable Integer get(@Param(name = "key") int key) {
    return cache.getIfPresent(key);
  }

  @Operation
  public @Nullable Integer put(@Param(name = "key") int key, @Param(name = "value") int value) {
    return cache.put(key, value);
  }

  @Operation
  public @Nullable Integer putIfAbsent(
      @Param(name = "key") int key, @Param(name = "value") int value) {
    return cache.putIfAbsent(key, value);
  }

  @Operation
  public @Nullable Integer invalidate(@Param(name = "key") int key) {
    return cache.invalidate(key);
  }

  @Operation
  public @Nullable Integer increment(@Param(name = "key") int key) {
    return cache.compute(key, (k, value) -> value == null ? 1 : value + 1);
  }

  @Operation
  public boolean replace(@Param(name = "key") int key, @Param(name = "value") int value) {
    return cache.asMap().replace(key, value, value + 1);
  }

  @Test
  void modelChecking() {
    boolean soak = Boolean.getBoolean("whiteboard.soak");
    new ModelCheckingOptions()
        .sequentialSpecification(TestMap.class)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(1)
        .iterations(soak ? 200 : 6)
        .invocationsPerIteration(soak ? 10_000 : 100)
        .check(CacheLincheckTest.class);
  }
}
