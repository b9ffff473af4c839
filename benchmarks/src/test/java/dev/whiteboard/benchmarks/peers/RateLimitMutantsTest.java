package dev.whiteboard.benchmarks.peers;

import static java.util.Map.entry;

import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.RateLimiter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class RateLimitMutantsTest extends SuiteMutants<Limiter.Kind> {
  @Override
  LawSuite<Limiter.Kind> suite() {
    return new LawSuite<>("ratelimit", RateLimitLaws.all(), List.of());
  }

  @Override
  Limiter.Kind sound() {
    return kind(Sound::new);
  }

  /** A sound limiter for mutants to spoil. */
  private static class Sound implements Limiter {
    final Limit limit;
    final HandClock clock;
    OurLimiter bucket;

    /** The mutants' memory. */
    long memory;

    Sound(Limit limit, HandClock clock) {
      this.limit = limit;
      this.clock = clock;
      bucket = bucketOf(limit);
    }

    OurLimiter bucketOf(Limit limit) {
      return new OurLimiter(RateLimiter.tokenBucket(limit).ticker(clock).build());
    }

    @Override
    public boolean tryAcquire(long permits) {
      return bucket.tryAcquire(permits);
    }

    @Override
    public Optional<Duration> retryAfter(long permits) {
      return bucket.retryAfter(permits);
    }

    @Override
    public Optional<Duration> reserve(long permits) {
      return bucket.reserve(permits);
    }

    @Override
    public void refund(long permits) {
      bucket.refund(permits);
    }

    @Override
    public void changeLimit(Limit next) {
      bucket.changeLimit(next);
    }
  }

  private static Limiter.Kind kind(Limiter.Factory factory) {
    return Limiter.Kind.of(Promise.BUCKET, factory)
        .withJoint((limits, clock) -> new OurLimiter(RateLimiter.allOf(limits.stream()
            .map(limit -> RateLimiter.tokenBucket(limit).ticker(clock).build())
            .toArray(RateLimiter[]::new))));
  }

  @Override
  Map<String, Limiter.Kind> mutants() {
    return Map.ofEntries(
        entry(RateLimitLaws.BOUND, kind((limit, clock) -> new Sound(limit, clock) {
          @Override
          public boolean tryAcquire(long permits) {
            return super.tryAcquire(permits) || ++memory % 20 == 0;
          }
        })),
        entry(RateLimitLaws.LATE, kind((limit, clock) -> new Sound(limit, clock) {
          @Override
          public boolean tryAcquire(long permits) {
            boolean restingNow = clock.elapsedNanos() / 500_000_000 % 2 == 1;
            return !restingNow && super.tryAcquire(permits);
          }
        })),
        entry(RateLimitLaws.REFUSAL, kind((limit, clock) -> new Sound(limit, clock) {
          @Override
          public boolean tryAcquire(long permits) {
            return super.tryAcquire(permits) || reserve(1).isEmpty();
          }
        })),
        entry(RateLimitLaws.HINT, kind((limit, clock) -> new Sound(limit, clock) {
          @Override
          public Optional<Duration> retryAfter(long permits) {
            return super.retryAfter(permits).map(wait -> wait.minusNanos(1));
          }
        })),
        entry(RateLimitLaws.BURST, kind((limit, clock) -> new Sound(limit, clock) {
          @Override
          public boolean tryAcquire(long permits) {
            return super.tryAcquire(permits > 0 ? Math.min(permits, limit.burst()) : permits);
          }
        })),
        entry(RateLimitLaws.STILL, kind((limit, clock) -> new Sound(limit, clock) {
          @Override
          public boolean tryAcquire(long permits) {
            if (super.tryAcquire(permits)) {
              return true;
            }
            refund(1);
            return false;
          }
        })),
        entry(RateLimitLaws.BACK, kind((limit, clock) -> new Sound(limit, clock) {
          @Override
          public boolean tryAcquire(long permits) {
            bucket = clock.elapsedNanos() < memory ? bucketOf(limit) : bucket;
            memory = clock.elapsedNanos();
            return super.tryAcquire(permits);
          }
        })),
        entry(RateLimitLaws.LEAP, kind((limit, clock) -> new Sound(limit, clock) {
          @Override
          public boolean tryAcquire(long permits) {
            return clock.elapsedNanos() * 8 >= 0 && super.tryAcquire(permits);
          }
        })),
        entry(RateLimitLaws.PERMITS, kind((limit, clock) -> new Sound(limit, clock) {
          @Override
          public boolean tryAcquire(long permits) {
            return permits == 0 || super.tryAcquire(permits);
          }
        })),
        entry(RateLimitLaws.REFUND, kind((limit, clock) -> new Sound(limit, clock) {
          @Override
          public void refund(long permits) {
            super.refund(permits + 1);
          }
        })),
        entry(RateLimitLaws.JOINT, kind(Sound::new).withJoint((limits, clock) -> {
          List<Limiter> parts =
              limits.stream().<Limiter>map(limit -> new Sound(limit, clock)).toList();
          return permits -> parts.stream().allMatch(part -> part.tryAcquire(permits));
        })),
        entry(RateLimitLaws.CHANGE, kind((limit, clock) -> new Sound(limit, clock) {
          @Override
          public void changeLimit(Limit next) {}
        })),
        entry(RateLimitLaws.CARRY, kind((limit, clock) -> new Sound(limit, clock) {
          @Override
          public void changeLimit(Limit next) {
            bucket = bucketOf(next);
          }
        })),
        entry(RateLimitLaws.THREADS, kind((limit, clock) -> new Sound(limit, clock) {
          @Override
          public boolean tryAcquire(long permits) {
            return retryAfter(permits).filter(Duration::isZero).isPresent()
                && clock.read() > 0
                && reserve(permits).isPresent();
          }
        })),
        entry(RateLimitLaws.ORDER, kind((limit, clock) -> new Sound(limit, clock) {
          private final Limiter forReservations = bucketOf(limit);

          @Override
          public Optional<Duration> reserve(long permits) {
            Optional<Duration> unused = forReservations.reserve(limit.burst());
            return forReservations.reserve(permits);
          }
        })),
        entry(
            RateLimitLaws.RATES,
            kind((limit, clock) -> new Sound(
                limit.permits() > limit.period().toNanos()
                    ? Limit.of(1).per(Duration.ofDays(1)).burst(limit.burst())
                    : limit,
                clock))));
  }
}
