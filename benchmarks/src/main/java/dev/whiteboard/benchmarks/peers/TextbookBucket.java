package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.ratelimit.Limit;

/** The token bucket of many tutorials: a count of tokens, to which each call adds what has arrived since the last one. */
final class TextbookBucket implements Limiter {
  /** Counts what has arrived from one time to another. */
  @FunctionalInterface
  private interface Refill {
    long arrived(Limit limit, long fromNanos, long toNanos);
  }

  private final Limit limit;
  private final HandClock clock;
  private final Refill refill;

  /** Guarded by {@code this}, as is the time of the last call. */
  private long tokens;

  private long lastNanos;

  private TextbookBucket(Limit limit, HandClock clock, Refill refill) {
    this.limit = limit;
    this.clock = clock;
    this.refill = refill;
    tokens = limit.burst();
    lastNanos = clock.read();
  }

  /** Counts whole periods: the rest of one is lost at each call. */
  static Kind wholePeriods() {
    return kind((limit, from, to) -> (to - from) / limit.period().toNanos() * limit.permits());
  }

  /** Counts whole permits: the rest of one is lost at each call. The product can overflow. */
  static Kind wholePermits() {
    return kind(
        (limit, from, to) -> (to - from) * limit.permits() / limit.period().toNanos());
  }

  /** A timer brings all permits of a period at its end. */
  static Kind lumps() {
    return kind((limit, from, to) -> {
      long period = limit.period().toNanos();
      return (to / period - from / period) * limit.permits();
    });
  }

  private static Kind kind(Refill refill) {
    return Kind.of(Promise.BUCKET, (limit, clock) -> new TextbookBucket(limit, clock, refill));
  }

  @Override
  public synchronized boolean tryAcquire(long permits) {
    long now = clock.read();
    tokens = Math.min(limit.burst(), tokens + refill.arrived(limit, lastNanos, now));
    lastNanos = now;
    if (tokens < permits) {
      return false;
    }
    tokens -= permits;
    return true;
  }
}
