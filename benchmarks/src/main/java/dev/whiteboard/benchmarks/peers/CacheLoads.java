package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.benchmarks.peers.AnyCache.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Searches for counter-examples to those {@link CacheLaws} that are about loaders and threads. */
final class CacheLoads {
  private static final int CROWD = 16;
  private static final long LOOK_NANOS = 100_000;

  private static final int THREADS = 4;
  private static final int STEPS_OF_A_THREAD = 3000;
  private static final int MAXIMUM = 100;

  private CacheLoads() {}

  /** The first load goes on until there is a second one, or all others wait for it. */
  static Optional<String> stampede(Kind kind) {
    kind.requireThreads();
    AnyCache cache = kind.build(MAXIMUM);
    CyclicBarrier start = new CyclicBarrier(CROWD + 1);
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger loads = new AtomicInteger();
    List<Object> values = Collections.synchronizedList(new ArrayList<>());
    List<Watched> crowd = new ArrayList<>();
    Function<Object, Object> loader = key -> {
      String value = "loaded " + loads.incrementAndGet();
      while (loads.get() == 1 && (asked.get() < CROWD || !isStillButOne(crowd))) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      return value;
    };
    for (int i = 0; i < CROWD; i++) {
      crowd.add(Watched.start(() -> {
        meet(start);
        asked.incrementAndGet();
        values.add(cache.load(1, loader));
      }));
    }
    meet(start);
    if (!crowd.stream().allMatch(Watched::ends)) {
      return Optional.of("threads that miss one key hang");
    }
    int first = Collections.frequency(values, "loaded 1");
    if (first == CROWD) {
      return Optional.empty();
    }
    return Optional.of(
        loads.get() > 1
            ? "threads that miss one key load it more than once"
            : "one thread loads, but %s of %s get its value".formatted(first, CROWD));
  }

  /** Whether all wait but the one that loads. */
  private static boolean isStillButOne(List<Watched> crowd) {
    return crowd.stream().filter(Watched::isStill).count() >= CROWD - 1;
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  static Optional<String> failureKept(Kind kind) {
    AnyCache cache = kind.build(MAXIMUM);
    boolean returned = CacheEvents.attempt(() -> cache.load(1, key -> {
      throw new IllegalStateException("the loader fails");
    }));
    if (returned) {
      return Optional.of("the caller does not learn of it");
    }
    if (cache.get(1) != null || !cache.keys().isEmpty()) {
      return Optional.of("it is cached: %s".formatted(cache.get(1)));
    }
    return "loaded".equals(cache.load(1, key -> "loaded"))
        ? Optional.empty()
        : Optional.of("the next call does not load");
  }

  /** An exception is allowed here: some say that they refuse it. */
  static Optional<String> nothingKept(Kind kind) {
    AnyCache cache = kind.build(MAXIMUM);
    CacheEvents.attempt(() -> cache.load(1, key -> CacheEvents.nothing()));
    if (!cache.keys().isEmpty()) {
      return Optional.of("null is cached");
    }
    return "loaded".equals(cache.load(1, key -> "loaded"))
        ? Optional.empty()
        : Optional.of("the next call does not load");
  }

  static Optional<String> notNested(Kind kind) {
    AnyCache cache = loading(kind);
    Watched load = Watched.start(() ->
        cache.load(new Twin(1), outer -> "with " + cache.load(new Twin(2), inner -> "loaded")));
    if (!load.endsAlone()) {
      return Optional.of("it hangs");
    }
    if (load.failed()) {
      return Optional.of("it throws " + load.failure());
    }
    return "with loaded".equals(cache.get(new Twin(1))) && "loaded".equals(cache.get(new Twin(2)))
        ? Optional.empty()
        : Optional.of("it is lost");
  }

  /** Different keys with one hash, as two of many keys may have. */
  private record Twin(int number) {
    @Override
    public int hashCode() {
      return 1;
    }
  }

  static Optional<String> loadsItself(Kind kind) {
    AnyCache cache = loading(kind);
    AtomicInteger loads = new AtomicInteger();
    Watched load = Watched.start(() -> ask(cache, loads));
    if (!load.endsAlone()) {
      return Optional.of("it hangs");
    }
    if (loads.get() > 1) {
      return Optional.of("the loader is called again while it runs");
    }
    if (!load.failed()) {
      return Optional.of("it returns");
    }
    Watched next = Watched.start(() -> cache.load(1, key -> "loaded"));
    if (!next.endsAlone()) {
      return Optional.of("it fails, but the next load of the key hangs");
    }
    return "loaded".equals(cache.get(1))
        ? Optional.empty()
        : Optional.of("it fails, but the next load of the key is lost");
  }

  private static Object ask(AnyCache cache, AtomicInteger loads) {
    return Objects.requireNonNullElse(
        cache.load(1, key -> loads.incrementAndGet() > 1 ? "again" : ask(cache, loads)), "nothing");
  }

  /** A cache that loads, or {@link NotApplicable} in this thread. */
  private static AnyCache loading(Kind kind) {
    AnyCache cache = kind.build(MAXIMUM);
    Object unused = cache.load(0, key -> "loaded");
    return cache;
  }

  /** Some remove at once, some when the load has ended; both is well. */
  static Optional<String> comesBack(Kind kind) {
    kind.requireThreads();
    AnyCache cache = kind.build(MAXIMUM);
    AtomicReference<Watched> removal = new AtomicReference<>();
    Object unused = cache.load(1, key -> {
      removal.set(Watched.start(() -> cache.remove(1)));
      removal.get().settles();
      return "old";
    });
    if (!removal.get().ends()) {
      return Optional.of("the removal hangs");
    }
    return Optional.ofNullable(cache.get(1))
        .map(value -> "it is found after the removal: " + value);
  }

  static Optional<String> crowded(Kind kind) {
    kind.requireThreads();
    AnyCache cache = kind.build(MAXIMUM);
    List<Watched> threads = IntStream.range(0, THREADS)
        .mapToObj(i -> Watched.start(() -> use(cache, new Random(i))))
        .toList();
    for (Watched thread : threads) {
      if (!thread.ends()) {
        return Optional.of("a thread hangs");
      }
      if (thread.failed()) {
        return Optional.of("a thread throws " + thread.failure());
      }
    }
    cache.settle();
    long size = cache.size();
    int keys = cache.keys().size();
    return size == keys && size <= MAXIMUM
        ? Optional.empty()
        : Optional.of("size %s with %s keys, maximum %s".formatted(size, keys, MAXIMUM));
  }

  private static void use(AnyCache cache, Random random) {
    for (int i = 0; i < STEPS_OF_A_THREAD; i++) {
      int key = random.nextInt(3 * MAXIMUM);
      switch (random.nextInt(4)) {
        case 0 -> cache.remove(key);
        case 1 -> cache.put(key, key);
        default -> {
          Object value = cache.get(key);
          if (value != null && !value.equals(key)) {
            throw new IllegalStateException("key %s has %s".formatted(key, value));
          }
        }
      }
    }
  }
}
