package dev.whiteboard.benchmarks.peers;

import static dev.whiteboard.benchmarks.peers.RateLimitTimes.first;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.whiteboard.ratelimit.Limit;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Searches for counter-examples to those {@link RateLimitLaws} that are about what can be asked of a limiter. */
final class RateLimitCalls {
  private static final Limit TEN = Limit.perSecond(10);
  private static final Limit FIFTY = Limit.perSecond(50);
  private static final int THREADS = 8;

  /**
   * One round in twenty fails to show a check that is not atomic on an idle machine, many more on one whose processors
   * have other work: five in a row were seen to.
   */
  private static final int ROUNDS = 50;

  private RateLimitCalls() {}

  static Optional<String> oddPermits(Limiter.Kind kind) {
    return first(Stream.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE), permits -> {
      Trial trial = new Trial(kind, TEN);
      trial.takeSingles(2);
      if (permits > 0 ? !trial.isRefused(permits) : !throwsAt(trial, permits)) {
        return Optional.of("%s permits are accepted".formatted(permits));
      }
      Trial other = new Trial(kind, TEN);
      other.takeSingles(2);
      return trial.differsFrom(other, "after a request for " + permits);
    });
  }

  private static boolean throwsAt(Trial trial, long permits) {
    try {
      boolean unused = trial.take(permits);
      return false;
    } catch (IllegalArgumentException e) {
      return e.getMessage() != null;
    }
  }

  static Optional<String> inexactRefund(Limiter.Kind kind) {
    Trial trial = new Trial(kind, TEN);
    long taken = trial.drain();
    long back = Math.min(2, taken);
    trial.limiter.refund(back);
    Trial other = new Trial(kind, TEN);
    other.takeSingles(taken - back);
    return trial.differsFrom(other, "after a refund of " + back).or(() -> {
      Trial full = new Trial(kind, TEN);
      full.limiter.refund(5);
      return full.differsFrom(new Trial(kind, TEN), "when full, after a refund of 5");
    });
  }

  static Optional<String> halfTaken(Limiter.Kind kind) {
    List<Limit> limits = Stream.of(Limit.perSecond(5), Limit.of(20).per(Duration.ofSeconds(10)))
        .map(kind.promise()::kept)
        .toList();
    HandClock clock = HandClock.forOneThread();
    Limiter limiter = kind.joint().of(limits, clock);
    List<LimiterModel> models = limits.stream().map(kind.promise()::model).toList();
    for (long now = 0; now <= 12_000_000_000L; now += 20_000_000) {
      clock.set(now);
      for (long permits : new long[] {3, 1, 1, 1}) {
        boolean passed = limiter.tryAcquire(permits);
        if (passed != owe(models, passed ? now : now - kind.tickNanos(), permits)) {
          return Optional.of("%s and %s: %s at %s %s"
              .formatted(
                  Trial.words(limits.get(0)),
                  Trial.words(limits.get(1)),
                  permits,
                  Trial.words(now),
                  passed
                      ? "pass though one limit forbids it"
                      : "are refused though both allow it"));
        }
        if (passed) {
          models.forEach(model -> model.grant(clock.elapsedNanos(), permits));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean owe(List<LimiterModel> models, long now, long permits) {
    return models.stream().allMatch(model -> model.owes(now, permits));
  }

  static Optional<String> unchanged(Limiter.Kind kind) {
    return first(Stream.of(Limit.perSecond(10), Limit.perSecond(200)), next -> {
      Trial trial = new Trial(kind, FIFTY);
      trial.drain();
      Limit kept = kind.promise().kept(next);
      trial.limiter.changeLimit(kept);
      long period = kept.period().toNanos();
      trial.advance(2 * period);
      long passed = 0;
      for (int step = 0; step < 2000; step++) {
        trial.advance(period / 200);
        passed += trial.takeSingles(2 * next.permits());
      }
      long least = 9 * kept.permits();
      long most = kind.promise().most(kept, 10 * period).longValueExact();
      return passed >= least && passed <= most
          ? Optional.empty()
          : Optional.of("%s, changed to %s: then %s pass in 10 periods"
              .formatted(trial.words(), Trial.words(kept), passed));
    });
  }

  static Optional<String> lostInAChange(Limiter.Kind kind) {
    return first(Stream.of(Limit.perSecond(15), Limit.perSecond(200)), next -> {
      Trial trial = usedFor(kind, 20);
      Limit kept = kind.promise().kept(next);
      trial.limiter.changeLimit(kept);
      long there = usedFor(kind, 20).drain();
      long due = Math.min(there, kept.burst());
      long passed = trial.drain();
      return passed == due
          ? Optional.empty()
          : Optional.of("%s, changed to %s when %s are there: %s pass"
              .formatted(trial.words(), Trial.words(kept), there, passed));
    });
  }

  /** A limiter of which something has been taken, after an idle time. */
  private static Trial usedFor(Limiter.Kind kind, long permits) {
    Trial trial = new Trial(kind, FIFTY);
    trial.advance(10 * trial.limit.period().toNanos());
    trial.takeSingles(permits);
    return trial;
  }

  static Optional<String> crowded(Limiter.Kind kind) {
    for (int round = 0; round < ROUNDS; round++) {
      Trial trial = new Trial(kind, Limit.perSecond(3), HandClock.forManyThreads());
      long passed = takenByMany(trial);
      if (passed > trial.limit.burst()) {
        // How many more is chance.
        return Optional.of(trial.words() + ": more pass in no time");
      }
    }
    return Optional.empty();
  }

  private static long takenByMany(Trial trial) {
    AtomicLong passed = new AtomicLong();
    CountDownLatch start = new CountDownLatch(THREADS);
    List<Thread> threads = Stream.generate(() -> new Thread(() -> {
          start.countDown();
          Uninterruptibles.awaitUninterruptibly(start);
          passed.addAndGet(trial.takeSingles(trial.limit.burst()));
        }))
        .limit(THREADS)
        .toList();
    threads.forEach(Thread::start);
    threads.forEach(Uninterruptibles::joinUninterruptibly);
    return passed.get();
  }

  static Optional<String> overtaken(Limiter.Kind kind) {
    return first(Stream.of(TEN, FIFTY), limit -> {
      Trial trial = new Trial(kind, limit);
      long period = trial.limit.period().toNanos();
      trial.takeSingles(Math.max(0, new Trial(kind, limit).drain() - 2));
      long turn = 0;
      for (long permits : new long[] {(trial.limit.burst() + 1) / 2, 1, 2, 1, 1}) {
        Optional<Duration> wait = trial.limiter.reserve(Math.min(permits, trial.limit.burst()));
        if (wait.isEmpty()) {
          return Optional.of("%s: no wait is long enough for %s".formatted(trial.words(), permits));
        }
        long next = trial.now() + wait.get().toNanos();
        if (next < turn) {
          return Optional.of("%s: one whose turn is at %s passes one whose turn is at %s"
              .formatted(trial.words(), Trial.words(next), Trial.words(turn)));
        }
        turn = next;
        if (turn > trial.now() && trial.take(1)) {
          return Optional.of("%s: one passes at %s who comes after one whose turn is at %s"
              .formatted(trial.words(), Trial.words(trial.now()), Trial.words(turn)));
        }
        trial.advance(period / trial.limit.permits() / 3);
      }
      return Optional.empty();
    });
  }

  static Optional<String> badRate(Limiter.Kind kind) {
    List<Limit> rates = List.of(
        Limit.of(1).per(Duration.ofDays(1)),
        Limit.of(1).per(Duration.ofSeconds(1)),
        Limit.of(1_000_000).per(Duration.ofSeconds(1)),
        Limit.of(1).per(Duration.ofNanos(1)),
        Limit.of(3).per(Duration.ofNanos(2)),
        Limit.of(10).per(Duration.ofNanos(1)));
    return first(rates.stream().map(limit -> limit.burst(10)), limit -> {
      Trial trial;
      try {
        trial = new Trial(kind, limit);
      } catch (IllegalArgumentException | IllegalStateException e) {
        return e.getMessage() == null ? Optional.of(LawSuite.thrown(e)) : Optional.empty();
      }
      return badRate(trial).map(found -> trial.words() + ": " + found);
    });
  }

  private static Optional<String> badRate(Trial trial) {
    long passed = trial.takeAll();
    if (trial.takeAll() > 0) {
      return Optional.of("the burst passes twice");
    }
    long fillNanos = Promise.fillNanos(trial.limit);
    for (long nanos : new long[] {fillNanos / 4, 2 * fillNanos}) {
      trial.advance(nanos);
      long more = trial.takeAll();
      passed += more;
      if (trial.most(trial.now()).compareTo(BigInteger.valueOf(passed)) < 0) {
        return Optional.of("%s pass in %s".formatted(passed, Trial.words(trial.now())));
      }
      if (nanos > fillNanos && more == 0) {
        return Optional.of("after %s nothing passes".formatted(Trial.words(nanos)));
      }
    }
    return Optional.empty();
  }
}
