package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.ratelimit.ConcurrencyLimiter.Outcome;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ConcurrencyLimiterProperties {
  @Property
  void limitStaysBetweenItsBoundsAndNobodyEntersAboveIt(
      @ForAll @IntRange(min = 1, max = 10) int min,
      @ForAll @IntRange(min = 0, max = 20) int above,
      @ForAll @DoubleRange(min = 0.1, max = 0.99) double backoff,
      @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 5) Integer> steps) {
    ConcurrencyLimiter limiter = ConcurrencyLimiter.builder(Duration.ofNanos(100))
        .between(min, min + above)
        .backoff(backoff)
        .build();
    int inFlight = 0;
    for (int step : steps) {
      int limit = limiter.stats().limit();
      assertTrue(min <= limit && limit <= min + above);
      assertEquals(inFlight, limiter.stats().inFlight());
      if (step <= 2) {
        boolean entered = limiter.tryAcquire();
        assertEquals(inFlight < limit, entered);
        inFlight += entered ? 1 : 0;
      } else if (inFlight > 0) {
        inFlight--;
        limiter.release(step == 3 ? 101 : 100, step == 5 ? Outcome.IGNORED : Outcome.SUCCESS);
        int change = limiter.stats().limit() - limit;
        assertTrue(step == 3 ? change <= 0 : step == 5 ? change == 0 : change == 0 || change == 1);
      }
    }
  }
}
