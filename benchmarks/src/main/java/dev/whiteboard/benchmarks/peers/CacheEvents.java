package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.benchmarks.peers.AnyCache.Cause;
import dev.whiteboard.benchmarks.peers.AnyCache.Kind;
import dev.whiteboard.benchmarks.peers.AnyCache.Removal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Searches for counter-examples to those {@link CacheLaws} that are about time, listeners, failures and counts. */
final class CacheEvents {
  private static final long SEED = 3;
  private static final int STEPS = 2000;
  private static final int MAXIMUM = 8;
  private static final int KEYS = 16;
  private static final Duration HOUR = Duration.ofHours(1);

  private CacheEvents() {}

  static Optional<String> wrongLife(Kind kind) {
    return RateLimitTimes.first(
        Stream.of(Duration.ofNanos(1), Duration.ofNanos(1000), HOUR), life -> wrong(kind, life));
  }

  private static Optional<String> wrong(Kind kind, Duration life) {
    HandClock clock = HandClock.forOneThread();
    AnyCache cache = kind.build(CacheWish.of(MAXIMUM).living(life, clock));
    cache.put(1, "value");
    clock.set(life.toNanos() - 1);
    if (cache.get(1) == null) {
      return Optional.of("it is not found a nanosecond before its end");
    }
    clock.set(life.toNanos());
    return Optional.ofNullable(cache.get(1))
        .map(found -> "a life of %s: after that it is found".formatted(life));
  }

  static Optional<String> lostBackwards(Kind kind) {
    HandClock clock = HandClock.forOneThread();
    AnyCache cache = kind.build(CacheWish.of(MAXIMUM).living(HOUR, clock));
    cache.put(1, "value");
    for (long hours : new long[] {-1, -3}) {
      clock.set(hours * HOUR.toNanos());
      cache.put(2, "value");
      cache.settle();
      if (cache.get(1) == null || cache.get(2) == null) {
        return Optional.of("back by %s h: it is lost".formatted(-hours));
      }
    }
    clock.set(HOUR.toNanos());
    return Optional.ofNullable(cache.get(1)).map(found -> "after its end it is found");
  }

  static Optional<String> misheard(Kind kind) {
    Random random = new Random(SEED);
    List<Object> heard = new ArrayList<>();
    AnyCache cache =
        kind.build(CacheWish.of(MAXIMUM).heardBy(removal -> heard.add(removal.value())));
    List<Object> expected = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      int key = random.nextInt(KEYS);
      if (random.nextInt(4) == 0) {
        cache.remove(key);
      } else {
        expected.add(i);
        cache.put(key, i);
      }
    }
    cache.settle();
    cache.keys().forEach(key -> heard.add(cache.get(key)));
    heard.sort(null);
    return heard.equals(expected) ? Optional.empty() : Optional.of(difference(expected, heard));
  }

  private static String difference(List<Object> put, List<Object> heard) {
    List<Object> lost = new ArrayList<>(put);
    lost.removeAll(heard);
    return "of %,d values, nothing is heard of %,d; the others are heard of %,d times"
        .formatted(put.size(), lost.size(), heard.size());
  }

  static Optional<String> wrongCause(Kind kind) {
    List<Removal> heard = new ArrayList<>();
    AnyCache cache = kind.build(CacheWish.of(1).heardBy(heard::add));
    cache.put(1, "a");
    cache.put(1, "b");
    cache.remove(1);
    cache.put(2, "c");
    cache.put(3, "d");
    cache.settle();
    List<Cause> causes = heard.stream().map(Removal::cause).toList();
    if (causes.contains(Cause.UNKNOWN)) {
      throw new NotApplicable("it does not say why");
    }
    return causes.equals(List.of(Cause.REPLACED, Cause.EXPLICIT, Cause.SIZE))
        ? Optional.empty()
        : Optional.of("replaced, removed and evicted: %s".formatted(causes));
  }

  static Optional<String> wrongEnd(Kind kind) {
    HandClock clock = HandClock.forOneThread();
    List<Removal> heard = new ArrayList<>();
    AnyCache cache = kind.build(CacheWish.of(MAXIMUM).living(HOUR, clock).heardBy(heard::add));
    cache.put(1, "a");
    clock.set(HOUR.toNanos());
    cache.put(2, "b");
    Object unused = cache.get(1);
    cache.settle();
    return heard.equals(List.of(new Removal(1, "a", Cause.EXPIRED)))
        ? Optional.empty()
        : Optional.of("of a value whose life has ended, it hears %s".formatted(heard));
  }

  /** Some libraries log a page for each time that a listener throws; that is turned off here. */
  static Optional<String> deafened(Kind kind) {
    Logger root = Logger.getLogger("");
    Level level = root.getLevel();
    root.setLevel(Level.OFF);
    try {
      return brokenByListener(kind);
    } finally {
      root.setLevel(level);
    }
  }

  private static Optional<String> brokenByListener(Kind kind) {
    AnyCache cache = kind.build(CacheWish.of(4).heardBy(removal -> {
      throw new IllegalStateException("the listener fails");
    }));
    cache.put(1, "a");
    attempt(() -> cache.put(1, "b"));
    if (!"b".equals(cache.get(1))) {
      return Optional.of("a value that was replaced is %s".formatted(cache.get(1)));
    }
    attempt(() -> cache.remove(1));
    if (cache.get(1) != null) {
      return Optional.of("a key that was removed is found");
    }
    for (int key = 0; key < 100; key++) {
      int newcomer = key;
      attempt(() -> cache.put(newcomer, "c"));
    }
    attempt(cache::settle);
    return cache.size() == 4 && cache.keys().size() == 4
        ? Optional.empty()
        : Optional.of("of a maximum of 4, it has %s entries and %s keys"
            .formatted(cache.size(), cache.keys().size()));
  }

  /** Whether a call returns. What it throws is an outcome that the laws allow. */
  static boolean attempt(Runnable call) {
    try {
      call.run();
      return true;
    } catch (RuntimeException allowed) {
      return false;
    }
  }

  static Optional<String> nullsKept(Kind kind) {
    AnyCache cache = kind.build(MAXIMUM);
    cache.put(1, "a");
    if (attempt(() -> cache.put(1, nothing()))) {
      return Optional.of("a null value is accepted");
    }
    if (attempt(() -> cache.put(nothing(), "a"))) {
      return Optional.of("a null key is accepted");
    }
    return "a".equals(cache.get(1)) && cache.size() == 1
        ? Optional.empty()
        : Optional.of("a null is refused, but what was there is lost");
  }

  /** A null, for those who promise to refuse it. */
  @SuppressWarnings("NullAway")
  static Object nothing() {
    return null;
  }

  static Optional<String> brokenByKey(Kind kind) {
    AtomicBoolean armed = new AtomicBoolean();
    AnyCache cache = kind.build(2);
    cache.put(new Bomb(1, armed), "a");
    cache.put(new Bomb(2, armed), "b");
    cache.settle();
    armed.set(true);
    boolean accepted = attempt(() -> cache.put(new Bomb(3, armed), "c"));
    armed.set(false);
    if (accepted) {
      throw new NotApplicable("it does not compare keys");
    }
    cache.settle();
    if (!"a".equals(cache.get(new Bomb(1, armed))) || !"b".equals(cache.get(new Bomb(2, armed)))) {
      return Optional.of("a put fails, and an entry is lost");
    }
    cache.remove(new Bomb(1, armed));
    cache.put(new Bomb(4, armed), "d");
    cache.settle();
    return "d".equals(cache.get(new Bomb(4, armed))) && cache.size() == 2
        ? Optional.empty()
        : Optional.of("a put fails, and the next is lost");
  }

  /** A key whose {@code equals} throws while it is told to. All have the same hash. */
  private record Bomb(int number, AtomicBoolean armed) {
    @Override
    public boolean equals(Object other) {
      if (armed.get()) {
        throw new IllegalStateException("equals fails");
      }
      return other instanceof Bomb bomb && bomb.number == number;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  static Optional<String> brokenByWeigher(Kind kind) {
    AnyCache cache = kind.build(CacheWish.of(100).weighed((key, value) -> {
      if (value.equals("bomb")) {
        throw new IllegalStateException("the weigher fails");
      }
      return 10;
    }));
    cache.put(1, "a");
    if (attempt(() -> cache.put(1, "bomb")) || attempt(() -> cache.put(2, "bomb"))) {
      return Optional.of("a put whose weigher fails returns");
    }
    cache.settle();
    if (!"a".equals(cache.get(1)) || cache.get(2) != null || cache.size() != 1) {
      return Optional.of("a put fails, and key 1 has %s, key 2 %s, of %s entries"
          .formatted(cache.get(1), cache.get(2), cache.size()));
    }
    cache.put(2, "b");
    return "b".equals(cache.get(2)) ? Optional.empty() : Optional.of("a put after that is lost");
  }

  static Optional<String> miscounted(Kind kind) {
    Random random = new Random(SEED);
    AnyCache cache = kind.build(MAXIMUM);
    int hits = 0;
    for (int i = 0; i < STEPS; i++) {
      int key = random.nextInt(KEYS);
      if (cache.get(key) == null) {
        cache.put(key, "value");
      } else {
        hits++;
      }
    }
    AnyCache.Counts expected = new AnyCache.Counts(hits, STEPS - hits);
    AnyCache.Counts counted = cache.counts();
    return counted.equals(expected)
        ? Optional.empty()
        : Optional.of("%,d hits and %,d misses are counted as %,d and %,d"
            .formatted(hits, STEPS - hits, counted.hits(), counted.misses()));
  }
}
