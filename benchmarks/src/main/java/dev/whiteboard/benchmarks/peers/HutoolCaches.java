package dev.whiteboard.benchmarks.peers;

import cn.hutool.cache.impl.AbstractCache;
import cn.hutool.cache.impl.LFUCache;
import cn.hutool.cache.impl.LRUCache;
import dev.whiteboard.benchmarks.peers.AnyCache.Cause;
import dev.whiteboard.benchmarks.peers.AnyCache.Kind;
import dev.whiteboard.benchmarks.peers.AnyCache.Order;
import dev.whiteboard.benchmarks.peers.AnyCache.Removal;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Hutool's caches as the laws see them. */
final class HutoolCaches {
  private HutoolCaches() {}

  static Kind lru() {
    return kind(Order.LRU, LRUCache::new);
  }

  static Kind lfu() {
    return kind(Order.LFU, LFUCache::new);
  }

  private static Kind kind(Order order, IntFunction<AbstractCache<Object, Object>> factory) {
    return Kind.of(order, wish -> {
      wish.requireUnweighed();
      wish.requireUntimed("it reads the system's clock");
      AbstractCache<Object, Object> cache = factory.apply(wish.intMaximum());
      wish.listener()
          .ifPresent(listener -> cache.setListener(
              (key, value) -> listener.accept(new Removal(key, value, Cause.UNKNOWN))));
      return new OfHutool(cache);
    });
  }

  private record OfHutool(AbstractCache<Object, Object> cache) implements AnyCache {
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
      return List.copyOf(cache.keySet());
    }

    @Override
    public @Nullable Object load(Object key, Function<Object, Object> loader) {
      return cache.get(key, () -> loader.apply(key));
    }

    @Override
    public Counts counts() {
      return new Counts(cache.getHitCount(), cache.getMissCount());
    }
  }
}
