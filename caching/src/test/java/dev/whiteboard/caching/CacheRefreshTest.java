package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class CacheRefreshTest {
  private long now;
  private final Ticker ticker = new Ticker() {
    @Override
    public long read() {
      return now;
    }
  };

  /** What the executor was given, and has not run yet. */
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  private int version;

  private int load(String key) {
    return ++version;
  }

  private CacheBuilder<String, Integer> builder() {
    return Cache.<String, Integer>builder().maximumSize(1000).ticker(ticker);
  }

  private void pass(Duration duration) {
    now += duration.toNanos();
  }

  private void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @Test
  void get_valueIsOld_returnsItAndLoadsAnother() {
    Cache<String, Integer> cache =
        builder().refreshAfterWrite(Duration.ofSeconds(10), tasks::add).build();
    assertEquals(1, cache.get("a", this::load));
    pass(Duration.ofSeconds(10).minusNanos(1));
    assertEquals(1, cache.get("a", this::load));
    assertEquals(0, tasks.size());
    pass(Duration.ofNanos(1));
    assertEquals(1, cache.get("a", this::load));
    assertEquals(1, cache.get("a", this::load));
    assertEquals(1, tasks.size(), "one of the callers has it loaded");
    runTasks();
    assertEquals(2, cache.get("a", this::load));
    assertEquals(0, tasks.size());
  }

  @Test
  void refresh_loaderFails_oldValueStaysAndItIsTriedAgain() {
    Cache<String, Integer> cache =
        builder().refreshAfterWrite(Duration.ofSeconds(10), tasks::add).build();
    cache.put("a", 7);
    pass(Duration.ofSeconds(10));
    assertEquals(7, cache.get("a", key -> {
      throw new IllegalStateException("the store is down");
    }));
    runTasks();
    assertEquals(7, cache.get("a", this::load));
    assertEquals(0, tasks.size());
    pass(Duration.ofSeconds(1));
    assertEquals(7, cache.get("a", this::load));
    runTasks();
    assertEquals(1, cache.getIfPresent("a"));
  }

  @Test
  void refresh_executorIsFull_oldValueStaysAndItIsTriedAgain() {
    boolean[] full = {true};
    Cache<String, Integer> cache = builder()
        .refreshAfterWrite(Duration.ofSeconds(10), task -> {
          if (full[0]) {
            throw new RejectedExecutionException();
          }
          tasks.add(task);
        })
        .build();
    cache.put("a", 7);
    pass(Duration.ofSeconds(10));
    assertEquals(7, cache.get("a", this::load));
    full[0] = false;
    pass(Duration.ofSeconds(1));
    assertEquals(7, cache.get("a", this::load));
    runTasks();
    assertEquals(1, cache.getIfPresent("a"));
  }

  @Test
  void refresh_writtenOrRemovedMeanwhile_doesNotOverwrite() {
    Cache<String, Integer> cache =
        builder().refreshAfterWrite(Duration.ofSeconds(10), tasks::add).build();
    cache.put("written", 100);
    cache.put("removed", 100);
    pass(Duration.ofSeconds(10));
    cache.get("written", this::load);
    cache.get("removed", this::load);
    cache.put("written", 200);
    cache.invalidate("removed");
    runTasks();
    assertEquals(200, cache.getIfPresent("written"));
    assertNull(cache.getIfPresent("removed"));
  }

  @Test
  void refreshEarly_slowLoad_beginsBeforeTheEnd() {
    // 1 - 1/e gives an exponential draw of 1: a load of 3 s is begun 2 x 3 s before the end.
    Cache<String, Integer> cache = builder()
        .expireAfterWrite(Duration.ofSeconds(60))
        .refreshEarly(2, tasks::add)
        .random(() -> 1 - 1 / Math.E)
        .build();
    cache.get("a", key -> {
      pass(Duration.ofSeconds(3));
      return 1;
    });
    pass(Duration.ofSeconds(60 - 6).minusMillis(1));
    assertEquals(1, cache.get("a", this::load));
    assertEquals(0, tasks.size());
    pass(Duration.ofMillis(2));
    assertEquals(1, cache.get("a", key -> 2));
    assertEquals(1, tasks.size());
    runTasks();
    pass(Duration.ofSeconds(30));
    assertEquals(2, cache.getIfPresent("a"), "it has begun another life");
  }

  @Test
  void jitter_writtenTogether_endsApartAndNeverLater() {
    SplittableRandom random = new SplittableRandom(1);
    DoubleSupplier numbers = random::nextDouble;
    Cache<String, Integer> cache = builder()
        .expireAfterWrite(Duration.ofSeconds(100))
        .jitter(0.1)
        .random(numbers)
        .build();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      keys.add("k" + i);
      cache.put("k" + i, i);
    }
    pass(Duration.ofSeconds(90));
    Set<String> left = new HashSet<>(keys);
    for (int second = 90; second < 100; second++) {
      left.removeIf(key -> cache.getIfPresent(key) == null);
      // Binomial: 100 of 1,000 end in each second, give or take 4 x 9.5.
      assertEquals(1000 - (second - 90) * 100, left.size(), 60, "after " + second + " s");
      pass(Duration.ofSeconds(1));
    }
    assertTrue(keys.stream().allMatch(key -> cache.getIfPresent(key) == null));
  }

  @Test
  void builder_badInput_isRefused() {
    assertMessage(
        "duration must be > 0 and <= PT876600H, was PT0S",
        () -> builder().refreshAfterWrite(Duration.ZERO, tasks::add));
    assertMessage(
        "beta must be > 0 and <= 1000, was 0.0", () -> builder().refreshEarly(0, tasks::add));
    assertMessage("share must be in [0, 1], was 1.5", () -> builder().jitter(1.5));
    assertMessage("share must be in [0, 1], was NaN", () -> builder().jitter(Double.NaN));
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
