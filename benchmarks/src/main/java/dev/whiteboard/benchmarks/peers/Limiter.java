package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.ratelimit.Limit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A limiter as the laws see it. */
interface Limiter {
  /** Takes permits if all of them are there. */
  boolean tryAcquire(long permits);

  /**
   * Tells how long to wait for permits; empty if no wait is long enough. It may take the permits, for some limiters tell
   * a wait to those only who take it.
   */
  default Optional<Duration> retryAfter(long permits) {
    return reserve(permits);
  }

  /** Takes permits, however long their wait, and tells how long it is; empty if it takes none. */
  default Optional<Duration> reserve(long permits) {
    throw new NotApplicable("it tells nobody how long to wait");
  }

  /** Takes permits back. */
  default void refund(long permits) {
    throw new NotApplicable("it takes no permits back");
  }

  /** Changes the limit. */
  default void changeLimit(Limit next) {
    throw new NotApplicable("its limit is fixed");
  }

  /**
   * How to build limiters of a kind.
   *
   * @param promise what it says it does
   * @param tickNanos the smallest time that it sees
   * @param factory builds one
   * @param joint builds one that has several limits
   */
  record Kind(Promise promise, long tickNanos, Factory factory, JointFactory joint) {
    static Kind of(Promise promise, Factory factory) {
      return new Kind(promise, 1, factory, (limits, clock) -> {
        throw new NotApplicable("it has one limit");
      });
    }

    Kind withJoint(JointFactory other) {
      return new Kind(promise, tickNanos, factory, other);
    }

    Kind withTickNanos(long nanos) {
      return new Kind(promise, nanos, factory, joint);
    }
  }

  /** Builds a limiter with a limit that its {@link Promise} can keep. */
  @FunctionalInterface
  interface Factory {
    Limiter of(Limit limit, HandClock clock);
  }

  /** Builds a limiter that passes what all of its limits pass. */
  @FunctionalInterface
  interface JointFactory {
    Limiter of(List<Limit> limits, HandClock clock);
  }
}
