package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.Comparators;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Several limiters that have to agree: {@link RateLimiter#allOf}.
 *
 * <p><b>Idea.</b> Ask all, then take from each in order; if one now refuses, give back what was taken. Giving back is
 * exact for a caller who is alone: the arrival time returns to what it was, or to a time in the past, and both are the
 * same to every later reading. All callers take in the same order, so of two that compete one passes.
 *
 * <p><b>Thread safety.</b> As its parts.
 */
final class AllOf implements RateLimiter {
  private final RateLimiter[] limiters;

  AllOf(RateLimiter... limiters) {
    this.limiters = requireNonNull(limiters, "limiters").clone();
    checkArgument(this.limiters.length > 0, "limiters must not be empty");
    for (int i = 0; i < this.limiters.length; i++) {
      requireNonNull(this.limiters[i], "limiters[" + i + "]");
      for (int j = 0; j < i; j++) {
        checkArgument(
            this.limiters[i] != this.limiters[j],
            "limiters must be different, were the same at %s and %s",
            j,
            i);
      }
    }
  }

  @Override
  public boolean tryAcquire(long permits) {
    Limit.checkPermits(permits);
    for (RateLimiter limiter : limiters) {
      if (!has(limiter, permits)) {
        return false;
      }
    }
    for (int i = 0; i < limiters.length; i++) {
      if (!limiters[i].tryAcquire(permits)) {
        refundFirst(i, permits);
        return false;
      }
    }
    return true;
  }

  /** What {@link #peek} says, but the usual limiter says it without allocation. */
  private static boolean has(RateLimiter limiter, long permits) {
    return limiter instanceof TokenBucket bucket
        ? bucket.has(permits)
        : limiter.peek(permits).allowed();
  }

  @Override
  public Optional<Duration> reserve(long permits, Duration maxWait) {
    Limit.checkPermits(permits);
    Limit.checkMaxWait(maxWait);
    for (RateLimiter limiter : limiters) {
      if (!Gcra.isWithin(maxWait, limiter.peek(permits).retryAfter())) {
        return Optional.empty();
      }
    }
    Duration longest = Duration.ZERO;
    for (int i = 0; i < limiters.length; i++) {
      Optional<Duration> wait = limiters[i].reserve(permits, maxWait);
      if (wait.isEmpty()) {
        refundFirst(i, permits);
        return wait;
      }
      longest = Comparators.max(longest, wait.get());
    }
    return Optional.of(longest);
  }

  private void refundFirst(int count, long permits) {
    for (int i = 0; i < count; i++) {
      limiters[i].refund(permits);
    }
  }

  @Override
  public Decision peek(long permits) {
    Limit.checkPermits(permits);
    return Stream.of(limiters)
        .map(limiter -> limiter.peek(permits))
        .reduce(AllOf::strictest)
        .orElseThrow();
  }

  private static Decision strictest(Decision one, Decision other) {
    return new Decision(
        one.allowed() && other.allowed(),
        Math.min(one.remaining(), other.remaining()),
        one.retryAfter()
            .flatMap(wait -> other.retryAfter().map(more -> Comparators.max(wait, more))),
        Comparators.max(one.resetAfter(), other.resetAfter()));
  }

  @Override
  public void refund(long permits) {
    Limit.checkPermits(permits);
    refundFirst(limiters.length, permits);
  }

  @Override
  public void changeLimit(Limit next) {
    requireNonNull(next, "next");
    throw new UnsupportedOperationException("change the limit of one of the limiters");
  }

  @Override
  public Limit limit() {
    return Stream.of(limiters)
        .map(RateLimiter::limit)
        .min(Comparator.comparingLong(Limit::burst))
        .orElseThrow();
  }
}
