package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.RateLimiter;
import dev.whiteboard.ratelimit.TokenBucket;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A limiter whose limit adapts to the load, but the bucket of a key keeps the limit that held when it was made. */
final class TextbookAdaptive implements Limiter {
  private final HandClock clock;
  private final ConcurrentMap<String, TokenBucket> buckets = new ConcurrentHashMap<>();
  private volatile Limit limit;

  private TextbookAdaptive(Limit limit, HandClock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  static Kind kind() {
    return Kind.of(Promise.BUCKET, TextbookAdaptive::new);
  }

  @Override
  public boolean tryAcquire(long permits) {
    return buckets
        .computeIfAbsent(
            "key", key -> RateLimiter.tokenBucket(limit).ticker(clock).build())
        .tryAcquire(permits);
  }

  @Override
  public void changeLimit(Limit next) {
    limit = next;
  }
}
