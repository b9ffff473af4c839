package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Splitter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What Bucket4j 8.19.0 answered with a fake clock, when one bucket had two bandwidths. It rounds its waits down; they are
 * whole nanoseconds here.
 */
class AllOfVectorsTest {
  /** Each row: time in ns, permits, decision, wait in ns, permits that remain afterwards. */
  @Test
  void fivePerSecondAndTwentyPerTenSeconds() {
    TestTicker ticker = new TestTicker();
    RateLimiter limiter = RateLimiter.allOf(
        RateLimiter.tokenBucket(Limit.perSecond(5)).ticker(ticker).build(),
        RateLimiter.tokenBucket(Limit.of(20).per(Duration.ofSeconds(10)))
            .ticker(ticker)
            .build());
    String rows = """
        0 1 granted 0 4
        0 1 granted 0 3
        0 1 granted 0 2
        0 1 granted 0 1
        0 1 granted 0 0
        0 1 refused 200000000 0
        0 1 refused 200000000 0
        1000000000 5 granted 0 0
        2000000000 5 granted 0 0
        3000000000 5 granted 0 0
        4000000000 5 granted 0 0
        5000000000 5 granted 0 0
        6000000000 5 refused 1500000000 2
        7000000000 5 refused 500000000 4
        8000000000 5 granted 0 0
        9000000000 5 refused 1000000000 3
        10000000000 5 granted 0 0
        11000000000 5 refused 1500000000 2
        12000000000 5 refused 500000000 4
        20000000000 3 granted 0 2
        20587400354 1 granted 0 3
        21100420658 2 granted 0 3
        21925494755 2 granted 0 3
        22712600416 3 granted 0 2
        """;
    rows.lines().forEach(row -> {
      List<String> column = Splitter.on(' ').splitToList(row);
      ticker.set(Long.parseLong(column.get(0)));
      long permits = Long.parseLong(column.get(1));
      boolean granted = column.get(2).equals("granted");
      Decision decision = limiter.peek(permits);
      assertEquals(
          Long.parseLong(column.get(3)), decision.retryAfter().orElseThrow().toNanos(), row);
      assertEquals(granted, decision.allowed(), row);
      assertEquals(granted, limiter.tryAcquire(permits), row);
      assertEquals(Long.parseLong(column.get(4)), limiter.stats().available(), row);
    });
  }
}
