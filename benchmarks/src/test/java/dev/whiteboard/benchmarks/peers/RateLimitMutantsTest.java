package dev.whiteboard.benchmarks.peers;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.benchmarks.peers.LawSuite.Verdict;
import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.RateLimiter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every law can fail: for each there is a limiter, sound but for one defect, that breaks it. */
class RateLimitMutantsTest {
  private final LawSuite<Limiter.Kind> suite =
      new LawSuite<>("ratelimit", RateLimitLaws.all(), List.of());

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

  private static Map<String, Limiter.Kind> mutants() {
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

  @TestFactory
  Stream<DynamicTest> mutant_breaksItsLaw() {
    Map<String, Limiter.Kind> mutants = mutants();
    return suite.laws().stream()
        .map(law -> DynamicTest.dynamicTest(
            law.id() + ": " + law.breach(),
            () -> assertEquals(
                Verdict.BREAKS,
                verdict(law, Optional.ofNullable(mutants.get(law.id())).orElseThrow()))));
  }

  @TestFactory
  Stream<DynamicTest> sound_keepsEveryLaw() {
    return suite.laws().stream()
        .map(law -> DynamicTest.dynamicTest(
            law.id(), () -> assertEquals(Verdict.KEEPS, verdict(law, kind(Sound::new)))));
  }

  private Verdict verdict(Law<Limiter.Kind> law, Limiter.Kind kind) {
    return suite.run(law, Subject.of("mutant", "test", kind)).verdict();
  }

  @Test
  void mutants_areOfKnownLaws() {
    assertEquals(
        suite.laws().stream().map(Law::id).collect(Collectors.toSet()),
        mutants().keySet());
  }
}
