package dev.whiteboard.benchmarks.peers;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.benchmarks.peers.AnyCache.Cause;
import dev.whiteboard.benchmarks.peers.AnyCache.Counts;
import dev.whiteboard.benchmarks.peers.AnyCache.Kind;
import dev.whiteboard.benchmarks.peers.AnyCache.Order;
import dev.whiteboard.benchmarks.peers.AnyCache.Removal;
import dev.whiteboard.caching.EvictionPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CacheMutantsTest extends SuiteMutants<Kind> {
  private static final Kind SOUND = OurCaches.cache(
      Order.FIFO, builder -> builder.policy(EvictionPolicy.fifo()).segments(1));

  @Override
  LawSuite<Kind> suite() {
    return new LawSuite<>("caching", CacheLaws.all(), List.of());
  }

  @Override
  Kind sound() {
    return SOUND;
  }

  /** A sound cache that is built otherwise than it is asked for. */
  private static Kind asking(UnaryOperator<CacheWish> change) {
    return Kind.of(Order.FIFO, wish -> SOUND.build(change.apply(wish)));
  }

  /** A sound cache of another maximum. */
  private static Kind holding(Function<Long, Long> change) {
    return asking(wish -> new CacheWish(
        change.apply(wish.maximum()),
        wish.weigher(),
        wish.lifetime(),
        wish.ticker(),
        wish.listener()));
  }

  /** A sound cache, changed. */
  private static Kind changed(Function<AnyCache, AnyCache> change) {
    return Kind.of(Order.FIFO, wish -> change.apply(SOUND.build(wish)));
  }

  /** What the listener hears of, changed. */
  private static Kind hearing(UnaryOperator<Removal> change) {
    return asking(wish -> wish.listener()
        .map(listener -> wish.heardBy(removal -> listener.accept(change.apply(removal))))
        .orElse(wish));
  }

  private static Kind blaming(Cause one, Cause other) {
    return hearing(removal ->
        removal.cause() == one ? new Removal(removal.key(), removal.value(), other) : removal);
  }

  @Override
  Map<String, Kind> mutants() {
    Map<String, Kind> mutants = new HashMap<>(mutantsOfBounds());
    mutants.putAll(mutantsOfEvents());
    mutants.putAll(mutantsOfLoads());
    return mutants;
  }

  private static Map<String, Kind> mutantsOfBounds() {
    return Map.ofEntries(
        entry(CacheLaws.FOUND, changed(Forgetful::new)),
        entry(CacheLaws.ROOM, holding(maximum -> Math.max(0, maximum - 1))),
        entry(CacheLaws.BOUND, holding(maximum -> maximum + 1)),
        entry(
            CacheLaws.ONE,
            Kind.of(
                Order.FIFO,
                wish -> wish.maximum() == 1
                    ? TextbookCaches.headless().build(wish)
                    : SOUND.build(wish))),
        entry(CacheLaws.ZERO, holding(maximum -> Math.max(1, maximum))),
        entry(CacheLaws.SINGLE, changed(Greedy::new)),
        entry(
            CacheLaws.ORDER,
            OurCaches.cache(
                Order.FIFO, builder -> builder.policy(EvictionPolicy.lru()).segments(1))),
        entry(CacheLaws.SHRINK, changed(cache -> new ChangedCache(cache) {
          @Override
          public void resize(long maximum) {
            cache.keys().forEach(cache::remove);
          }
        })),
        entry(CacheLaws.WEIGHT, asking(wish -> wish.weighed((key, value) -> 1))),
        entry(
            CacheLaws.HEAVY,
            asking(wish -> wish.weigher()
                .map(weigher -> wish.weighed(
                    (key, value) -> Math.min(wish.intMaximum(), weigher.applyAsInt(key, value))))
                .orElse(wish))));
  }

  private static Map<String, Kind> mutantsOfEvents() {
    return Map.ofEntries(
        entry(
            CacheLaws.EXPIRY,
            asking(wish -> wish.lifetime()
                .map(life -> wish.living(life.plusNanos(1), wish.ticker()))
                .orElse(wish))),
        entry(CacheLaws.BACK, Kind.of(Order.FIFO, Unsteady::new)),
        entry(
            CacheLaws.HEARD,
            asking(wish -> wish.listener()
                .map(listener -> wish.heardBy(listener.andThen(listener)))
                .orElse(wish))),
        entry(CacheLaws.CAUSE, blaming(Cause.SIZE, Cause.EXPLICIT)),
        entry(CacheLaws.EXPIRED, blaming(Cause.EXPIRED, Cause.SIZE)),
        entry(CacheLaws.LISTENER, Kind.of(Order.FIFO, wish -> new ChangedCache(SOUND.build(wish)) {
          @Override
          public void remove(Object key) {
            wish.listener()
                .ifPresent(listener -> listener.accept(new Removal(key, "", Cause.EXPLICIT)));
            super.remove(key);
          }
        })),
        entry(CacheLaws.KEY, changed(Fragile::new)),
        entry(CacheLaws.WEIGHER, changed(cache -> new ChangedCache(cache) {
          @Override
          public void put(Object key, Object value) {
            cache.remove(key);
            cache.put(key, value);
          }
        })),
        entry(CacheLaws.NULLS, changed(cache -> new ChangedCache(cache) {
          @Override
          public void put(Object key, Object value) {
            cache.put(key, requireNonNullElse(value, "nothing"));
          }
        })),
        entry(CacheLaws.COUNTS, changed(cache -> new ChangedCache(cache) {
          @Override
          public Counts counts() {
            return new Counts(cache.counts().hits() + 1, cache.counts().misses() - 1);
          }
        })));
  }

  private static Map<String, Kind> mutantsOfLoads() {
    return Map.ofEntries(
        entry(CacheLaws.ONCE, changed(CheckThenLoad::new)),
        entry(CacheLaws.FAILURE, changed(cache -> new ChangedCache(cache) {
          @Override
          public @Nullable Object load(Object key, Function<Object, Object> loader) {
            cache.put(key, "failed");
            Object loaded = loader.apply(key);
            cache.put(key, loaded);
            return loaded;
          }
        })),
        entry(CacheLaws.NOTHING, changed(cache -> new ChangedCache(cache) {
          @Override
          public @Nullable Object load(Object key, Function<Object, Object> loader) {
            return cache.load(key, same -> requireNonNullElse(loader.apply(key), "nothing"));
          }
        })),
        entry(CacheLaws.NESTED, changed(cache -> new Locked(cache, new Semaphore(1)))),
        entry(CacheLaws.ITSELF, changed(CheckThenLoad::new)),
        entry(CacheLaws.STALE, changed(CheckThenLoad::new)),
        entry(CacheLaws.THREADS, changed(Memo::new)));
  }

  /** It finds one key no longer. */
  private static final class Forgetful extends ChangedCache {
    Forgetful(AnyCache cache) {
      super(cache);
    }

    @Override
    public @Nullable Object get(Object key) {
      return key.equals(9) ? null : cache.get(key);
    }
  }

  /** For a newcomer it drops one entry more than it needs to. */
  private static final class Greedy extends ChangedCache {
    private long full;

    Greedy(AnyCache cache) {
      super(cache);
    }

    @Override
    public void put(Object key, Object value) {
      cache.put(key, value);
      if (cache.size() == full) {
        cache.remove(cache.keys().get(0));
      }
      full = cache.size();
    }
  }

  /** It takes a time before its first for a time long past. */
  private static final class Unsteady extends ChangedCache {
    private final CacheWish wish;
    private final long first;

    Unsteady(CacheWish wish) {
      super(SOUND.build(wish));
      this.wish = wish;
      first = wish.ticker().read();
    }

    @Override
    public @Nullable Object get(Object key) {
      return wish.ticker().read() < first ? null : cache.get(key);
    }
  }

  /** After a failure it refuses all. */
  private static final class Fragile extends ChangedCache {
    private boolean busy;

    Fragile(AnyCache cache) {
      super(cache);
    }

    @Override
    public void put(Object key, Object value) {
      if (busy) {
        throw new IllegalStateException("busy");
      }
      busy = true;
      cache.put(key, value);
      busy = false;
    }
  }

  private static final class CheckThenLoad extends ChangedCache {
    CheckThenLoad(AnyCache cache) {
      super(cache);
    }

    @Override
    public @Nullable Object load(Object key, Function<Object, Object> loader) {
      Object value = cache.get(key);
      if (value == null) {
        value = loader.apply(key);
        cache.put(key, value);
      }
      return value;
    }
  }

  /** One load at a time, whoever asks. */
  private static final class Locked extends ChangedCache {
    private final Semaphore free;

    Locked(AnyCache cache, Semaphore free) {
      super(cache);
      this.free = free;
    }

    @Override
    public @Nullable Object load(Object key, Function<Object, Object> loader) {
      free.acquireUninterruptibly();
      try {
        return cache.load(key, loader);
      } finally {
        free.release();
      }
    }
  }

  /** What one thread has found, all others find, whatever they ask for. So it breaks in whichever order they run. */
  private static final class Memo extends ChangedCache {
    private record Found(Thread by, Object value) {}

    private final AtomicReference<@Nullable Found> first = new AtomicReference<>();

    Memo(AnyCache cache) {
      super(cache);
    }

    @Override
    public @Nullable Object get(Object key) {
      Object value = cache.get(key);
      if (value == null) {
        return null;
      }
      first.compareAndSet(null, new Found(Thread.currentThread(), value));
      Found found = requireNonNull(first.get());
      return found.by.equals(Thread.currentThread()) ? value : found.value;
    }
  }

  @Test
  void order_ofOtherPromises_breaksTheLaw() {
    for (Order order : new Order[] {Order.LRU, Order.LFU}) {
      Kind mutant = OurCaches.cache(
          order, builder -> builder.policy(EvictionPolicy.fifo()).segments(1));
      assertEquals(true, CacheOrders.unordered(mutant).isPresent(), order.name());
    }
  }

  @Test
  void itself_thatHangs_breaksTheLaw() {
    assertEquals(
        Optional.of("it hangs"),
        CacheLoads.loadsItself(changed(cache -> new Locked(cache, new Semaphore(1)))));
  }

  @Test
  void itself_whoseLockIsKept_breaksTheLaw() {
    Kind mutant = changed(cache -> new ChangedCache(cache) {
      private final Map<Object, Semaphore> free = new HashMap<>();

      @Override
      public @Nullable Object load(Object key, Function<Object, Object> loader) {
        free.computeIfAbsent(key, same -> new Semaphore(2)).acquireUninterruptibly();
        return cache.load(key, loader);
      }
    });
    assertEquals(
        Optional.of("it fails, but the next load of the key hangs"),
        CacheLoads.loadsItself(mutant));
  }

  @Test
  void expiry_thatIsEarly_breaksTheLaw() {
    Kind mutant = asking(wish -> wish.lifetime()
        .filter(life -> life.compareTo(Duration.ofNanos(1)) > 0)
        .map(life -> wish.living(life.minusNanos(1), wish.ticker()))
        .orElse(wish));
    assertEquals(
        Optional.of("it is not found a nanosecond before its end"), CacheEvents.wrongLife(mutant));
  }

  @Test
  void heavy_whoseOldValueStays_breaksTheLaw() {
    Kind mutant = changed(cache -> new ChangedCache(cache) {
      @Override
      public void put(Object key, Object value) {
        if (!Objects.equals(value, 1001)) {
          cache.put(key, value);
        }
      }
    });
    assertEquals(Optional.of("key 4 has the value 10"), CacheBounds.displacing(mutant));
  }
}
