package dev.whiteboard.benchmarks.peers;

import com.google.common.base.Ticker;
import dev.whiteboard.ratelimit.Decision;
import dev.whiteboard.ratelimit.FlatRateLimiter;
import dev.whiteboard.ratelimit.KeyedRateLimiter;
import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.LimiterBuilder;
import dev.whiteboard.ratelimit.RateLimiter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

/** One of our limiters. */
record OurLimiter(RateLimiter limiter) implements Limiter {
  /** The longest wait that a limiter can tell. */
  private static final Duration ANY = Duration.ofNanos(Long.MAX_VALUE);

  static Kind kind(
      Promise promise, Function<Limit, ? extends LimiterBuilder<? extends RateLimiter>> builder) {
    return kind(promise, (limit, clock) -> builder.apply(limit).ticker(clock).build());
  }

  static Kind kind(Promise promise, BiFunction<Limit, Ticker, RateLimiter> builder) {
    return Kind.of(promise, (limit, clock) -> new OurLimiter(builder.apply(limit, clock)))
        .withJoint((limits, clock) -> new OurLimiter(RateLimiter.allOf(limits.stream()
            .map(limit -> builder.apply(limit, clock))
            .toArray(RateLimiter[]::new))));
  }

  /** One key of many. */
  static Kind keyed() {
    return Kind.of(Promise.BUCKET, (limit, clock) -> {
      KeyedRateLimiter<String> keys =
          KeyedRateLimiter.builder(limit).ticker(clock).build();
      return new OfKey(
          permits -> keys.tryAcquire("key", permits), permits -> keys.peek("key", permits));
    });
  }

  /** One key of a table. */
  static Kind flat() {
    return Kind.of(Promise.BUCKET, (limit, clock) -> {
      FlatRateLimiter keys = FlatRateLimiter.builder(limit, 100).ticker(clock).build();
      return new OfKey(permits -> keys.tryAcquire(7, permits), permits -> keys.peek(7, permits));
    });
  }

  @Override
  public boolean tryAcquire(long permits) {
    return permits == 1 ? limiter.tryAcquire() : limiter.tryAcquire(permits);
  }

  @Override
  public Optional<Duration> retryAfter(long permits) {
    return limiter.peek(permits).retryAfter();
  }

  @Override
  public Optional<Duration> reserve(long permits) {
    return limiter.reserve(permits, ANY);
  }

  @Override
  public void refund(long permits) {
    limiter.refund(permits);
  }

  @Override
  public void changeLimit(Limit next) {
    limiter.changeLimit(next);
  }

  /** What limiters of keys have in common. */
  private record OfKey(LongPredicate taking, LongFunction<Decision> peeking) implements Limiter {
    @Override
    public boolean tryAcquire(long permits) {
      return taking.test(permits);
    }

    @Override
    public Optional<Duration> retryAfter(long permits) {
      return peeking.apply(permits).retryAfter();
    }

    @Override
    public Optional<Duration> reserve(long permits) {
      throw new NotApplicable("it takes no reservations");
    }
  }
}
