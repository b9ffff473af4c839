package dev.whiteboard.benchmarks.traces;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.base.Ticker;
import com.google.common.primitives.Ints;
import dev.whiteboard.caching.Cache;
import dev.whiteboard.caching.CacheBuilder;
import dev.whiteboard.caching.CacheSimulator;
import dev.whiteboard.caching.EvictionPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One cache that a trace is replayed against: a look-up each, and on a miss an insertion.
 *
 * <p>Entries that stay run in {@link CacheSimulator}; those that expire, in {@link Cache} of one segment, whose clock is the
 * trace's. A key that is asked for with another size than before is written again.
 */
final class Replay {
  /** A cache of sizes; the trace's clock is read while it runs. */
  @FunctionalInterface
  private interface Cached {
    boolean request(long key, long size);
  }

  private final String policy;
  private final long capacity;
  private final Terms terms;
  private final Cached cache;
  private long nowNanos;
  private long requests;
  private long hits;
  private double requested;
  private double served;

  Replay(String policy, long capacity, Terms terms) {
    this.policy = policy;
    this.capacity = capacity;
    this.terms = terms;
    cache = switch (policy) {
      case HitRatio.CAFFEINE -> caffeine();
      case HitRatio.BELADY -> (key, size) -> false; // counted at the end
      default -> ours(EvictionPolicy.named(policy));
    };
  }

  void request(long time, long key, long size) {
    nowNanos = terms.unit().toNanos(time);
    requests++;
    requested += size;
    if (cache.request(key, terms.weighed() ? size : 1)) {
      hits++;
      served += size;
    }
  }

  boolean isBeladys() {
    return policy.equals(HitRatio.BELADY);
  }

  long capacity() {
    return capacity;
  }

  HitRatio result() {
    return new HitRatio(
        policy,
        capacity,
        requests,
        hits,
        requests == 0 ? 0 : (double) hits / requests,
        requested == 0 ? 0 : served / requested);
  }

  private Cached ours(EvictionPolicy eviction) {
    if (terms.lifetimeNanos() == 0) {
      return CacheSimulator.of(eviction, capacity)::request;
    }
    CacheBuilder<Long, Long> builder = Cache.<Long, Long>builder()
        .policy(eviction)
        .segments(1)
        .expireAfterWrite(Duration.ofNanos(terms.lifetimeNanos()))
        .ticker(new Ticker() {
          @Override
          public long read() {
            return nowNanos;
          }
        });
    Cache<Long, Long> ours = (terms.weighed()
            ? builder.maximumWeight(capacity, (key, size) -> size)
            : builder.maximumSize(capacity))
        .build();
    return (key, size) -> {
      Long cached = ours.getIfPresent(key);
      if (isToBeWritten(cached, size)) {
        ours.put(key, size);
      }
      return cached != null;
    };
  }

  private Cached caffeine() {
    Caffeine<Object, Object> builder = Caffeine.newBuilder().executor(Runnable::run);
    if (terms.lifetimeNanos() > 0) {
      builder.expireAfterWrite(Duration.ofNanos(terms.lifetimeNanos())).ticker(() -> nowNanos);
    }
    com.github.benmanes.caffeine.cache.Cache<Long, Long> caffeine = terms.weighed()
        ? builder
            .maximumWeight(capacity)
            .weigher((Long key, Long size) -> Ints.saturatedCast(size))
            .build()
        : builder
            .maximumSize(capacity)
            .initialCapacity((int) Math.min(capacity, 1 << 20))
            .build();
    return (key, size) -> {
      Long cached = caffeine.getIfPresent(key);
      if (isToBeWritten(cached, size)) {
        caffeine.put(key, size);
      }
      return cached != null;
    };
  }

  private static boolean isToBeWritten(@Nullable Long cached, long size) {
    return cached == null || cached != size;
  }
}
