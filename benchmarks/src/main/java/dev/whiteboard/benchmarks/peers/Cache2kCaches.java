package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.benchmarks.peers.AnyCache.Cause;
import dev.whiteboard.benchmarks.peers.AnyCache.Kind;
import dev.whiteboard.benchmarks.peers.AnyCache.Order;
import dev.whiteboard.benchmarks.peers.AnyCache.Removal;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.cache2k.Cache;
import org.cache2k.Cache2kBuilder;
import org.cache2k.CacheEntry;
import org.cache2k.event.CacheEntryEvictedListener;
import org.cache2k.event.CacheEntryRemovedListener;
import org.cache2k.event.CacheEntryUpdatedListener;
import org.cache2k.operation.CacheControl;
import org.jspecify.annotations.Nullable;

/** Cache2k as the laws see it. */
final class Cache2kCaches {
  private Cache2kCaches() {}

  static Kind cache2k() {
    return Kind.of(Order.OWN, wish -> {
      wish.requireUntimed("what has expired is found until its timer comes");
      Cache2kBuilder<Object, Object> builder =
          Cache2kBuilder.of(Object.class, Object.class).eternal(true);
      wish.weigher()
          .ifPresentOrElse(
              weigher -> builder.maximumWeight(wish.maximum()).weigher(weigher::applyAsInt),
              () -> builder.entryCapacity(wish.maximum()));
      wish.listener().ifPresent(listener -> listen(builder, listener));
      return new OfCache2k(builder.build());
    });
  }

  private static void listen(Cache2kBuilder<Object, Object> builder, Consumer<Removal> listener) {
    CacheEntryEvictedListener<Object, Object> evicted =
        (cache, entry) -> listener.accept(removal(entry, Cause.SIZE));
    CacheEntryRemovedListener<Object, Object> removed =
        (cache, entry) -> listener.accept(removal(entry, Cause.EXPLICIT));
    CacheEntryUpdatedListener<Object, Object> updated =
        (cache, entry, next) -> listener.accept(removal(entry, Cause.REPLACED));
    builder.addListener(evicted).addListener(removed).addListener(updated);
  }

  private static Removal removal(CacheEntry<Object, Object> entry, Cause cause) {
    return new Removal(entry.getKey(), entry.getValue(), cause);
  }

  private record OfCache2k(Cache<Object, Object> cache) implements AnyCache {
    @Override
    public @Nullable Object get(Object key) {
      return cache.peek(key);
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
      return cache.asMap().size();
    }

    @Override
    public List<Object> keys() {
      return List.copyOf(cache.keys());
    }

    @Override
    public @Nullable Object load(Object key, Function<Object, Object> loader) {
      return cache.computeIfAbsent(key, loader);
    }

    @Override
    public void resize(long maximum) {
      CacheControl.of(cache).changeCapacity(maximum).join();
    }

    @Override
    public Counts counts() {
      var counts = CacheControl.of(cache).sampleStatistics();
      return new Counts(counts.getGetCount() - counts.getMissCount(), counts.getMissCount());
    }
  }
}
