package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.benchmarks.peers.AnyCache.Cause;
import dev.whiteboard.benchmarks.peers.AnyCache.Kind;
import dev.whiteboard.benchmarks.peers.AnyCache.Order;
import dev.whiteboard.benchmarks.peers.AnyCache.Removal;
import dev.whiteboard.caching.Cache;
import dev.whiteboard.caching.CacheBuilder;
import dev.whiteboard.caching.CacheStats;
import dev.whiteboard.caching.LfuCache;
import dev.whiteboard.caching.LruCache;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Our caches as the laws see them. */
final class OurCaches {
  private OurCaches() {}

  static Kind cache(Order order, UnaryOperator<CacheBuilder<Object, Object>> settings) {
    return Kind.of(order, wish -> new Bounded(settings.apply(builder(wish)).build()));
  }

  /** Each entry weighs 1 unless a law weighs it otherwise. */
  static Kind weighed() {
    return Kind.of(
        Order.OWN,
        wish ->
            new Bounded(builder(wish.weigher().isPresent() ? wish : wish.weighed((key, value) -> 1))
                .build()));
  }

  /** Each entry lives for an hour of a clock that stands, unless a law says otherwise. */
  static Kind timed() {
    return Kind.of(
        Order.OWN,
        wish -> new Bounded(builder(
                wish.lifetime().isPresent()
                    ? wish
                    : wish.living(Duration.ofHours(1), wish.ticker()))
            .build()));
  }

  static Kind lru() {
    return Kind.forOneThread(Order.LRU, wish -> {
      wish.requirePlain();
      return new Lru(LruCache.create(wish.intMaximum()));
    });
  }

  static Kind lfu() {
    return Kind.forOneThread(Order.LFU, wish -> {
      wish.requirePlain();
      return new Lfu(LfuCache.create(wish.intMaximum()));
    });
  }

  private static CacheBuilder<Object, Object> builder(CacheWish wish) {
    CacheBuilder<Object, Object> builder = Cache.builder().ticker(wish.ticker()).recordStats();
    wish.weigher()
        .ifPresentOrElse(
            weigher -> builder.maximumWeight(wish.maximum(), weigher::applyAsInt),
            () -> builder.maximumSize(wish.maximum()));
    wish.lifetime().ifPresent(builder::expireAfterWrite);
    wish.listener()
        .ifPresent(listener -> builder.removalListener((key, value, cause) ->
            listener.accept(new Removal(key, value, Cause.valueOf(cause.name())))));
    return builder;
  }

  private static AnyCache.Counts counts(CacheStats stats) {
    return new AnyCache.Counts(stats.hits(), stats.misses());
  }

  private record Bounded(Cache<Object, Object> cache) implements AnyCache {
    @Override
    public @Nullable Object get(Object key) {
      return cache.getIfPresent(key);
    }

    @Override
    public void put(Object key, Object value) {
      cache.put(key, value);
    }

    @Override
    public void remove(Object key) {
      cache.invalidate(key);
    }

    @Override
    public long size() {
      return cache.size();
    }

    @Override
    public List<Object> keys() {
      return List.copyOf(cache.asMap().keySet());
    }

    @Override
    public Object load(Object key, Function<Object, Object> loader) {
      return cache.get(key, loader);
    }

    @Override
    public void resize(long maximum) {
      cache.resize(maximum);
    }

    @Override
    public Counts counts() {
      return OurCaches.counts(cache.stats());
    }

    @Override
    public void settle() {
      cache.purge();
    }
  }

  private record Lru(LruCache<Object, Object> cache) implements AnyCache {
    @Override
    public @Nullable Object get(Object key) {
      return cache.get(key);
    }

    @Override
    public void put(Object key, Object value) {
      cache.put(key, value);
    }

    @Override
    public void remove(Object key) {
      cache.remove(key);
    }

    @Override
    public long size() {
      return cache.size();
    }

    @Override
    public List<Object> keys() {
      return cache.keys();
    }

    @Override
    public Object load(Object key, Function<Object, Object> loader) {
      return cache.get(key, loader);
    }

    @Override
    public void resize(long maximum) {
      cache.resize(Math.toIntExact(maximum));
    }

    @Override
    public Counts counts() {
      return OurCaches.counts(cache.stats());
    }
  }

  private record Lfu(LfuCache<Object, Object> cache) implements AnyCache {
    @Override
    public @Nullable Object get(Object key) {
      return cache.get(key);
    }

    @Override
    public void put(Object key, Object value) {
      cache.put(key, value);
    }

    @Override
    public void remove(Object key) {
      cache.remove(key);
    }

    @Override
    public long size() {
      return cache.size();
    }

    @Override
    public List<Object> keys() {
      return cache.keys();
    }

    @Override
    public Object load(Object key, Function<Object, Object> loader) {
      return cache.get(key, loader);
    }

    @Override
    public void resize(long maximum) {
      cache.resize(Math.toIntExact(maximum));
    }

    @Override
    public Counts counts() {
      return OurCaches.counts(cache.stats());
    }
  }
}
