package dev.whiteboard.benchmarks.peers;

import com.google.common.math.LongMath;
import dev.whiteboard.ratelimit.Limit;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A new limiter and its clock, on which a law is tried. Two that are treated alike answer alike. */
final class Trial {
  /** The limit that was wanted, as the limiter can keep it. */
  final Limit limit;

  final HandClock clock;
  final Limiter limiter;
  private final Limiter.Kind kind;

  Trial(Limiter.Kind kind, Limit wanted) {
    this(kind, wanted, HandClock.forOneThread());
  }

  Trial(Limiter.Kind kind, Limit wanted, HandClock clock) {
    this.kind = kind;
    this.clock = clock;
    limit = kind.promise().kept(wanted);
    limiter = kind.factory().of(limit, clock);
  }

  LimiterModel model() {
    return kind.promise().model(limit);
  }

  /** The most that the kind's promise lets pass in a window of so many nanoseconds, with its end. */
  BigInteger most(long nanos) {
    return kind.promise().most(limit, nanos);
  }

  long tickNanos() {
    return kind.tickNanos();
  }

  long now() {
    return clock.elapsedNanos();
  }

  /** Moves the clock by a time, rounded up to what the limiter sees. */
  void advance(long nanos) {
    long tick = kind.tickNanos();
    clock.set(now() + LongMath.divide(nanos, tick, RoundingMode.CEILING) * tick);
  }

  boolean take(long permits) {
    return limiter.tryAcquire(permits);
  }

  /** Takes what is there: a large burst as a whole, a small one by single permits. Tells how many permits that were. */
  long takeAll() {
    long burst = limit.burst();
    return burst <= 1000 ? drain() : take(burst) ? burst : 0;
  }

  /** Whether a request does not pass, be it refused or answered by an exception that says why. */
  boolean isRefused(long permits) {
    try {
      return !take(permits);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return e.getMessage() != null;
    }
  }

  /** Takes single permits until one is refused, and counts them; a limiter that never refuses is left at some point. */
  long drain() {
    return takeSingles(100 + 2 * limit.burst());
  }

  /** Takes single permits, up to a number, until one is refused, and counts them. */
  long takeSingles(long most) {
    long count = 0;
    while (count < most && take(1)) {
      count++;
    }
    return count;
  }

  /** Drains this one and another time and again, for three periods, until they pass different numbers. */
  Optional<String> differsFrom(Trial other, String cause) {
    for (int step = 0; step < 30; step++) {
      long here = drain();
      long there = other.drain();
      if (here != there) {
        return Optional.of("%s: %s it passes %s at %s, otherwise %s"
            .formatted(words(), cause, here, words(now()), there));
      }
      advance(limit.period().toNanos() / 10);
      other.clock.set(now());
    }
    return Optional.empty();
  }

  /** The limit in words. */
  String words() {
    return words(limit);
  }

  static String words(Limit limit) {
    return "%s per %s, burst %s"
        .formatted(limit.permits(), words(limit.period().toNanos()), limit.burst());
  }

  /** A time in words, exactly. */
  static String words(long nanos) {
    if (nanos % 1_000_000 != 0) {
      return String.format(Locale.ROOT, "%,d ns", nanos);
    }
    return Duration.ofNanos(nanos)
        .toString()
        .substring(1)
        .replaceFirst("^T", "")
        .toLowerCase(Locale.ROOT);
  }
}
