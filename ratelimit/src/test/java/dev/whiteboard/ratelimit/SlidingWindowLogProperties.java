package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SlidingWindowLogProperties extends RateLimiterLaws {
  @Override
  RateLimiter limiter(Limit limit, TestTicker ticker) {
    return RateLimiter.slidingWindowLog(limit).ticker(ticker).build();
  }

  @Override
  Arbitrary<Limit> anyLimit() {
    return anyWindow();
  }

  @Override
  long mostInAPeriod(Limit limit) {
    return limit.permits();
  }

  /** A shorter period can free some at once. */
  @Override
  void assertCarriedOver(long before, Limit from, Limit to, long after) {
    if (from.period().compareTo(to.period()) <= 0) {
      super.assertCarriedOver(before, from, to, after);
    } else {
      assertTrue(Math.min(before, to.burst()) <= after && after <= to.burst());
    }
  }

  /** Keeps every time for ever, and tries each moment at which a permit leaves its window. */
  @Override
  Model model(Limit limit) {
    long period = limit.period().toNanos();
    return new Model() {
      private final List<Long> times = new ArrayList<>();
      private long latest;

      private long count(long at) {
        return times.stream().filter(time -> time > at - period).count();
      }

      @Override
      public long earliest(long now, long permits) {
        long start = Math.max(now, latest);
        List<Long> moments = new ArrayList<>(List.of(start));
        times.forEach(time -> moments.add(time + period));
        return moments.stream()
            .filter(at -> at >= start && count(at) + permits <= limit.permits())
            .min(Long::compare)
            .orElseThrow();
      }

      @Override
      public Optional<Long> reserved(long now, long permits) {
        return Optional.of(earliest(now, permits));
      }

      @Override
      public void take(long now, long at, long permits) {
        for (long i = 0; i < permits; i++) {
          times.add(at);
        }
        latest = at;
      }

      @Override
      public long available(long now) {
        return now < latest ? 0 : limit.permits() - count(now);
      }
    };
  }

  /**
   * Reservations are used at their time, and refunded in any order before their period is over: whatever is refunded,
   * the others exceed no window.
   */
  @Property(tries = 2000)
  void refundsOfAnyPermitLetNoWindowBeExceeded(
      @ForAll("limits") Limit limit,
      @ForAll @Size(max = 80) List<@From("steps") Step> steps,
      @ForAll @Size(min = 80, max = 80) List<@IntRange(min = 0, max = 200) Integer> victims) {
    TestTicker ticker = new TestTicker();
    RateLimiter limiter = limiter(limit, ticker);
    long period = limit.period().toNanos();
    List<Long> uses = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      ticker.advance(steps.get(i).nanosFor(limit));
      long now = ticker.read();
      limiter.reserve(1, FOREVER).ifPresent(wait -> uses.add(now + wait.toNanos()));
      int victim = victims.get(i);
      if (victim < uses.size() && uses.get(victim) > now - period) {
        uses.remove(victim);
        limiter.refund(1);
      }
    }
    for (int i = 0; i + limit.permits() < uses.size(); i++) {
      long span = uses.get(i + (int) limit.permits()) - uses.get(i);
      assertTrue(span >= period, "one too many in " + span + " ns");
    }
  }

  @Property(tries = 500)
  void refundAtOnceRestoresWhatIsThere(
      @ForAll("limits") Limit limit,
      @ForAll @Size(max = 30) List<@From("steps") Step> steps,
      @ForAll @IntRange(min = 1, max = 12) int permits) {
    TestTicker ticker = new TestTicker();
    RateLimiter limiter = limiter(limit, ticker);
    for (Step step : steps) {
      ticker.advance(step.nanosFor(limit));
      limiter.tryAcquire(step.permits());
    }
    long before = limiter.stats().available();
    if (limiter.tryAcquire(permits)) {
      limiter.refund(permits);
    }
    assertEquals(before, limiter.stats().available());
  }

  /** Whether the limit changes in a window or not, it passes no more than the largest that held in it. */
  @Property(tries = 2000)
  void changesOfLimitLetNoWindowPassMoreThanTheLargest(
      @ForAll @Size(max = 80) List<@From("steps") Step> steps,
      @ForAll @Size(min = 80, max = 80) List<@IntRange(min = 1, max = 12) Integer> limits) {
    long period = 640;
    TestTicker ticker = new TestTicker();
    Limit first = Limit.of(6).per(Duration.ofNanos(period));
    RateLimiter limiter = limiter(first, ticker);
    List<Long> grants = new ArrayList<>();
    List<Integer> changeOf = new ArrayList<>();
    List<Long> changes = new ArrayList<>(List.of(6L));
    for (int i = 0; i < steps.size(); i++) {
      ticker.advance(steps.get(i).nanosFor(first));
      if (i % 5 == 4) {
        changes.add((long) limits.get(i));
        limiter.changeLimit(Limit.of(limits.get(i)).per(Duration.ofNanos(period)));
      }
      if (limiter.tryAcquire()) {
        grants.add(ticker.read());
        changeOf.add(changes.size());
      }
    }
    for (int i = 0; i < grants.size(); i++) {
      int last = i;
      while (last + 1 < grants.size() && grants.get(last + 1) < grants.get(i) + period) {
        last++;
      }
      int count = last - i + 1;
      long largest = Collections.max(changes.subList(changeOf.get(i) - 1, changeOf.get(last)));
      assertTrue(count <= largest, count + " of " + largest);
    }
  }
}
