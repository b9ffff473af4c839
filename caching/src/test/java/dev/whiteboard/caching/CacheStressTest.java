package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Threads look up, write, load, invalidate, resize and let time pass at random. The bound holds at every look; in the end
 * every value that was ever in the cache either is there or was heard of once, and the counts add up.
 */
@Tag("slow")
class CacheStressTest {
  private static final int THREADS = 4;
  private static final int KEYS = 300;
  private static final int LARGEST_MAXIMUM = 200;

  /** A loaded value may be returned without having been cached, so these are not counted. */
  private static final int LOADED = 0;

  private record Value(int key, int serial) {}

  private enum Kind {
    PLAIN,
    SEGMENTS,
    LOCKED_HITS,
    TIMED,
    WEIGHED
  }

  private final AtomicInteger serial = new AtomicInteger();
  private final AtomicLong time = new AtomicLong();

  @ParameterizedTest
  @EnumSource
  void nothingIsLostAndNothingIsTooMuch(Kind kind) throws Exception {
    // With -Psoak minutes for each kind.
    int steps = Boolean.getBoolean("whiteboard.soak") ? 20_000_000 : 50_000;
    AtomicIntegerArray removed = new AtomicIntegerArray(THREADS * steps + 1);
    AtomicIntegerArray added = new AtomicIntegerArray(THREADS * steps + 1);
    Cache<Integer, Value> cache = cache(kind, removed);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      SplittableRandom random = new SplittableRandom(thread);
      Callable<Void> run = () -> {
        for (int i = 0; i < steps; i++) {
          step(cache, random, added);
          long bound = kind == Kind.WEIGHED ? cache.weight() : cache.size();
          assertTrue(bound <= LARGEST_MAXIMUM, () -> "bound was " + bound);
        }
        return null;
      };
      running.add(threads.submit(run));
    }
    for (Future<?> each : running) {
      each.get();
    }
    threads.shutdown();
    cache.asMap().forEach((key, value) -> assertEquals(key, value.key));
    cache.purge();
    assertEquals(cache.size(), cache.asMap().entrySet().stream().count());
    assertTrue(cache.weight() <= cache.maximum());
    cache.invalidateAll();
    assertEquals(0, cache.size());
    assertEquals(0, cache.weight());
    for (int i = 1; i < serial.get(); i++) {
      assertEquals(added.get(i), removed.get(i), "value " + i);
    }
  }

  private Value fresh(int key) {
    return new Value(key, serial.getAndIncrement());
  }

  private void step(
      Cache<Integer, Value> cache, SplittableRandom random, AtomicIntegerArray added) {
    int key = random.nextInt(KEYS);
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> {
        Value value = cache.getIfPresent(key);
        assertTrue(value == null || value.key == key);
      }
      case 4, 5 -> {
        Value value = fresh(key);
        added.set(value.serial, 1);
        cache.put(key, value);
      }
      case 6 -> {
        Value value = fresh(key);
        if (cache.putIfAbsent(key, value) == null) {
          added.set(value.serial, 1);
        }
      }
      case 7 -> cache.invalidate(key);
      case 8 -> {
        Value value = fresh(key);
        if (cache.asMap().replace(key, value) != null) {
          added.set(value.serial, 1);
        }
      }
      case 9 -> cache.asMap().computeIfPresent(key, (k, value) -> null);
      case 10 -> time.addAndGet(random.nextLong(2_000_000));
      default -> {
        if (random.nextInt(1000) == 0) {
          cache.resize(random.nextInt(LARGEST_MAXIMUM + 1));
        } else {
          assertEquals(key, cache.get(key, k -> new Value(k, LOADED)).key);
        }
      }
    }
  }

  private Cache<Integer, Value> cache(Kind kind, AtomicIntegerArray removed) {
    serial.set(LOADED + 1);
    CacheBuilder<Integer, Value> builder = Cache.<Integer, Value>builder()
        .policy(EvictionPolicy.clock())
        .ticker(new Ticker() {
          @Override
          public long read() {
            return time.get();
          }
        })
        .removalListener((key, value, cause) -> {
          if (value.serial != LOADED) {
            removed.incrementAndGet(value.serial);
          }
        });
    return switch (kind) {
      case PLAIN ->
        builder.maximumSize(LARGEST_MAXIMUM).policy(EvictionPolicy.adaptive()).build();
      case SEGMENTS -> builder.maximumSize(LARGEST_MAXIMUM).segments(8).build();
      case LOCKED_HITS ->
        builder.maximumSize(LARGEST_MAXIMUM).policy(EvictionPolicy.lru()).build();
      case TIMED ->
        builder
            .maximumSize(LARGEST_MAXIMUM)
            .segments(2)
            .expireAfterWrite(Duration.ofMillis(200))
            .expireAfterAccess(Duration.ofMillis(50))
            .build();
      case WEIGHED ->
        builder
            .maximumWeight(LARGEST_MAXIMUM, (key, value) -> (key + value.serial) % 50)
            .segments(4)
            .build();
    };
  }
}
