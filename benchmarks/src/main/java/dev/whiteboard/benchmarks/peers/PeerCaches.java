package dev.whiteboard.benchmarks.peers;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.RemovalNotification;
import com.google.common.util.concurrent.UncheckedExecutionException;
import dev.whiteboard.benchmarks.peers.AnyCache.Cause;
import dev.whiteboard.benchmarks.peers.AnyCache.Kind;
import dev.whiteboard.benchmarks.peers.AnyCache.Order;
import dev.whiteboard.benchmarks.peers.AnyCache.Removal;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Caffeine and Guava's cache as the laws see them. */
final class PeerCaches {
  private PeerCaches() {}

  /** It evicts and calls listeners in the thread that calls it. */
  static Kind caffeine() {
    return Kind.of(Order.OWN, wish -> new OfCaffeine(caffeine(wish, Runnable::run), () -> {}));
  }

  /** It leaves that to other threads, as by default; here they work when a law waits for them. */
  static Kind lateCaffeine() {
    return Kind.of(Order.OWN, wish -> {
      Queue<Runnable> later = new ConcurrentLinkedQueue<>();
      return new OfCaffeine(caffeine(wish, later::add), () -> runAll(later));
    });
  }

  private static void runAll(Queue<Runnable> tasks) {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  static Kind guava(UnaryOperator<CacheBuilder<Object, Object>> settings) {
    return Kind.of(Order.OWN, wish -> new OfGuava(settings.apply(guava(wish)).build()));
  }

  private static com.github.benmanes.caffeine.cache.Cache<Object, Object> caffeine(
      CacheWish wish, java.util.concurrent.Executor executor) {
    Caffeine<Object, Object> builder =
        Caffeine.newBuilder().executor(executor).ticker(wish.ticker()::read).recordStats();
    wish.weigher()
        .ifPresentOrElse(
            weigher -> builder.maximumWeight(wish.maximum()).weigher(weigher::applyAsInt),
            () -> builder.maximumSize(wish.maximum()));
    wish.lifetime().ifPresent(builder::expireAfterWrite);
    wish.listener()
        .ifPresent(listener -> builder.removalListener(
            (key, value, cause) -> listener.accept(removal(key, value, cause.name()))));
    return builder.build();
  }

  private static CacheBuilder<Object, Object> guava(CacheWish wish) {
    CacheBuilder<Object, Object> builder =
        CacheBuilder.newBuilder().ticker(wish.ticker()).recordStats();
    wish.weigher()
        .ifPresentOrElse(
            weigher -> builder.maximumWeight(wish.maximum()).weigher(weigher::applyAsInt),
            () -> builder.maximumSize(wish.maximum()));
    wish.lifetime().ifPresent(builder::expireAfterWrite);
    return wish.listener()
        .map(listener ->
            builder.removalListener((RemovalNotification<Object, Object> gone) -> listener.accept(
                removal(gone.getKey(), gone.getValue(), gone.getCause().name()))))
        .orElse(builder);
  }

  private static Removal removal(@Nullable Object key, @Nullable Object value, String cause) {
    if (key == null || value == null) {
      throw new IllegalStateException("collected: " + key);
    }
    return new Removal(key, value, Cause.valueOf(cause));
  }

  private record OfCaffeine(
      com.github.benmanes.caffeine.cache.Cache<Object, Object> cache, Runnable others)
      implements AnyCache {
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
      return cache.estimatedSize();
    }

    @Override
    public List<Object> keys() {
      return List.copyOf(cache.asMap().keySet());
    }

    @Override
    public @Nullable Object load(Object key, Function<Object, Object> loader) {
      return cache.get(key, loader);
    }

    @Override
    public void resize(long maximum) {
      cache.policy().eviction().orElseThrow().setMaximum(maximum);
    }

    @Override
    public Counts counts() {
      return new Counts(cache.stats().hitCount(), cache.stats().missCount());
    }

    @Override
    public void settle() {
      cache.cleanUp();
      others.run();
    }
  }

  private record OfGuava(com.google.common.cache.Cache<Object, Object> cache) implements AnyCache {
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
      try {
        return cache.get(key, () -> loader.apply(key));
      } catch (ExecutionException e) {
        throw new UncheckedExecutionException(e.getCause());
      }
    }

    @Override
    public Counts counts() {
      return new Counts(cache.stats().hitCount(), cache.stats().missCount());
    }

    @Override
    public void settle() {
      cache.cleanUp();
    }
  }
}
