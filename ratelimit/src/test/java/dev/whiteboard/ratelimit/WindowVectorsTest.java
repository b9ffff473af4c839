package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Splitter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Sequences that other limiters were asked for with a fake clock: the reservations of Resilience4j 2.4.0 ({@code
 * AtomicRateLimiter}), of Failsafe 3.3.2 (smooth), and the moving windows of alisaifee/limits (commit f7d1eef).
 */
class WindowVectorsTest {
  /** A fixed window of Resilience4j, which waits up to 25 s. */
  @Test
  void fixedWindow_reservations_agreeWithResilience4j() {
    replay(RateLimiter.fixedWindow(Limit.of(5).per(Duration.ofSeconds(10))), 25_000, """
        1000 1 0
        1000 4 0
        2000 1 8000
        2000 4 8000
        2000 1 18000
        2000 4 18000
        2000 1 never
        12000 2 18000
        12000 2 18000
        12000 2 never
        60000 5 0
        60000 5 10000
        """);
  }

  /** Where a permit of the window before weighs with its share, rounded down. */
  @Test
  void slidingWindowCounter_weights_agreeWithLimits() {
    replay(RateLimiter.slidingWindowCounter(Limit.of(10).per(Duration.ofSeconds(10))), 0, """
        0 4 0
        1000 4 0
        2000 4 never
        3000 2 0
        10000 3 never
        11000 5 never
        12000 4 never
        25000 11 never
        25000 10 0
        30000 5 never
        34000 5 never
        35000 6 never
        """);
  }

  @Test
  void slidingWindowCounter_burstAtTheEdge_agreesWithLimits() {
    replay(RateLimiter.slidingWindowCounter(Limit.of(5).per(Duration.ofSeconds(10))), 0, """
        9000 5 0
        9000 1 never
        10000 1 never
        14500 1 0
        14500 1 0
        14500 1 0
        14500 1 never
        19000 1 0
        19000 1 0
        19000 1 never
        20000 1 never
        """);
  }

  /** The reference agrees but for the row at 19 s: there a permit that is exactly a period old still counts. */
  @Test
  void slidingWindowLog_burstAtTheEdge_agreesWithLimitsButAtTheBorder() {
    replay(RateLimiter.slidingWindowLog(Limit.of(5).per(Duration.ofSeconds(10))), 0, """
        9000 5 0
        9000 1 never
        10000 1 never
        14500 1 never
        19000 1 0
        """);
  }

  @Test
  void slidingWindowLog_weights_agreeWithLimitsButAtTheBorder() {
    // At 10 s the reference still counts the four of 0 s, and refuses.
    replay(RateLimiter.slidingWindowLog(Limit.of(10).per(Duration.ofSeconds(10))), 0, """
        0 4 0
        1000 4 0
        2000 4 never
        3000 2 0
        10000 8 never
        10000 3 0
        25000 11 never
        25000 10 0
        30000 5 never
        34000 5 never
        """);
  }

  /** Failsafe keeps to a lattice from its creation; on the lattice, one permit at a time, the two agree. */
  @Test
  void leakyBucket_singlePermitsOnTheLattice_agreeWithFailsafe() {
    Limit limit = Limit.perSecond(5).burst(100);
    replay(RateLimiter.leakyBucket(limit), 1_000_000, """
        0 1 0
        0 1 200
        0 1 400
        0 1 600
        0 1 800
        0 1 1000
        0 1 1200
        """);
    replay(RateLimiter.leakyBucket(limit), 0, """
        0 1 0
        0 1 never
        150 1 never
        200 1 0
        350 1 never
        400 1 0
        550 1 never
        """);
  }

  /** Each row: time in ms, permits, wait in ms. */
  private static void replay(
      LimiterBuilder<? extends RateLimiter> builder, long maxWaitMillis, String rows) {
    TestTicker ticker = new TestTicker();
    RateLimiter limiter = builder.ticker(ticker).build();
    rows.lines().forEach(row -> {
      List<String> column = Splitter.on(' ').splitToList(row);
      ticker.set(Duration.ofMillis(Long.parseLong(column.get(0))).toNanos());
      String wait = limiter
          .reserve(Long.parseLong(column.get(1)), Duration.ofMillis(maxWaitMillis))
          .map(told -> Long.toString(told.toMillis()))
          .orElse("never");
      assertEquals(column.get(2), wait, row);
    });
  }
}
