package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Splitter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Sequences that Bucket4j 8.19.0 was asked for with a fake clock; the expected decision, wait and remainder are those
 * of rational arithmetic. Bucket4j decides alike, but rounds its waits down: where the exact one is a fraction,
 * waiting as it says is 1 ns too short.
 */
class TokenBucketVectorsTest {
  @Test
  void drainAndRefill() {
    replay(Limit.perSecond(10), """
        0 1 granted 0 9
        0 1 granted 0 8
        0 1 granted 0 7
        0 1 granted 0 6
        0 1 granted 0 5
        0 1 granted 0 4
        0 1 granted 0 3
        0 1 granted 0 2
        0 1 granted 0 1
        0 1 granted 0 0
        0 1 refused 100000000 0
        0 1 refused 100000000 0
        50000000 1 refused 50000000 0
        100000000 1 granted 0 0
        150000000 1 refused 50000000 0
        200000000 1 granted 0 0
        """);
  }

  @Test
  void burstOfOne() {
    replay(Limit.perSecond(1), """
        0 1 granted 0 0
        0 1 refused 1000000000 0
        1 1 refused 999999999 0
        500000001 1 refused 499999999 0
        1000000001 1 granted 0 0
        1499999999 1 refused 500000002 0
        1500000000 1 refused 500000001 0
        1500000001 1 refused 500000000 0
        """);
  }

  @Test
  void burstBiggerThanRate() {
    replay(Limit.perSecond(5).burst(100), """
        0 100 granted 0 0
        100000000 1 refused 100000000 0
        200000000 1 granted 0 0
        300000000 1 refused 100000000 0
        30000000000 100 granted 0 0
        30000000000 101 refused never 0
        60000000000 40 granted 0 60
        """);
  }

  @Test
  void weightsAreAllOrNothing() {
    replay(Limit.perSecond(2).burst(10), """
        0 4 granted 0 6
        0 7 refused 500000000 6
        0 6 granted 0 0
        1000000000 3 refused 500000000 2
        1000000000 2 granted 0 0
        3000000000 5 refused 500000000 4
        4000000000 4 granted 0 2
        4000000000 10 refused 4000000000 2
        9000000000 10 granted 0 0
        """);
  }

  @Test
  void onePerDay() {
    replay(Limit.of(1).per(Duration.ofDays(1)).burst(2), """
        0 1 granted 0 1
        0 1 granted 0 0
        0 1 refused 86400000000000 0
        86399000000000 1 refused 1000000000 0
        86399999999999 1 refused 1 0
        86400000000000 1 granted 0 0
        259200000000000 2 granted 0 0
        259200000000000 1 refused 86400000000000 0
        """);
  }

  @Test
  void sevenPerThreeSeconds() {
    replay(Limit.of(7).per(Duration.ofSeconds(3)), """
        0 1 granted 0 6
        0 1 granted 0 5
        0 1 granted 0 4
        0 1 granted 0 3
        0 1 granted 0 2
        0 1 granted 0 1
        0 1 granted 0 0
        0 1 refused 428571429 0
        100000000 1 refused 328571429 0
        200000001 1 refused 228571428 0
        300000002 1 refused 128571427 0
        400000003 1 refused 28571426 0
        500000004 1 granted 0 0
        600000005 1 refused 257142853 0
        700000006 1 refused 157142852 0
        800000007 1 refused 57142851 0
        900000008 1 granted 0 0
        1000000009 1 refused 285714277 0
        1100000010 1 refused 185714276 0
        1200000011 1 refused 85714275 0
        1300000012 1 granted 0 0
        1400000013 1 refused 314285702 0
        """);
  }

  @Test
  void onePerNanosecond() {
    replay(Limit.perSecond(1_000_000_000).burst(1000), """
        0 500 granted 0 500
        0 500 granted 0 0
        0 500 refused 500 0
        1 40 refused 39 1
        38 40 refused 2 38
        75 40 granted 0 35
        112 40 granted 0 32
        149 40 granted 0 29
        186 40 granted 0 26
        223 40 granted 0 23
        260 40 granted 0 20
        297 40 granted 0 17
        334 40 granted 0 14
        371 40 granted 0 11
        408 40 granted 0 8
        445 40 granted 0 5
        482 40 granted 0 2
        519 40 refused 1 39
        556 40 granted 0 36
        593 40 granted 0 33
        630 40 granted 0 30
        667 40 granted 0 27
        704 40 granted 0 24
        """);
  }

  /** Where the wait is "?", the reference counts it from its latest reading, and the bucket from the present one. */
  @Test
  void clockGoesBack() {
    replay(Limit.perSecond(5), """
        0 5 granted 0 0
        -1000000000 1 refused ? 0
        0 1 refused 200000000 0
        200000000 1 granted 0 0
        -2000000000 1 refused ? 0
        1000000000 4 granted 0 0
        1000000000 1 refused 200000000 0
        """);
  }

  @Test
  void thirteenPerSevenSeconds() {
    replay(Limit.of(13).per(Duration.ofSeconds(7)).burst(20), """
        0 5 granted 0 15
        0 5 granted 0 10
        432697778 5 granted 0 5
        773520071 3 granted 0 3
        773520071 1 granted 0 2
        1040132711 4 refused 575251905 2
        1456633233 3 granted 0 0
        1456633233 1 refused 158751383 0
        2440652300 5 refused 1328578470 2
        2440652300 2 granted 0 0
        3313201561 1 granted 0 1
        3313201561 2 refused 456029209 1
        3879632104 4 refused 966521743 2
        4403761635 4 refused 442392212 3
        5061847212 2 granted 0 2
        5327743970 1 granted 0 1
        """);
  }

  @Test
  void aPrimePerSecond() {
    replay(Limit.perSecond(999_983).burst(1000), """
        0 50 granted 0 950
        5527 41 granted 0 914
        28166 44 granted 0 893
        118832 51 granted 0 932
        120585 110 granted 0 824
        120585 58 granted 0 766
        210841 128 granted 0 728
        243734 25 granted 0 736
        277779 44 granted 0 726
        358862 142 granted 0 665
        429725 45 granted 0 691
        429725 141 granted 0 550
        443607 125 granted 0 439
        446365 25 granted 0 417
        505699 133 granted 0 343
        567834 6 granted 0 399
        567834 38 granted 0 361
        615469 94 granted 0 315
        615469 89 granted 0 226
        622713 75 granted 0 158
        622713 102 granted 0 56
        693468 143 refused 15545 127
        728286 147 granted 0 15
        728286 7 granted 0 8
        824765 44 granted 0 60
        909638 49 granted 0 96
        909638 112 refused 15378 96
        909638 63 granted 0 33
        """);
  }

  /** Each row: time in ns, permits, decision, exact wait in ns, permits that remain afterwards. */
  private static void replay(Limit limit, String rows) {
    TestTicker ticker = new TestTicker();
    TokenBucket bucket = RateLimiter.tokenBucket(limit).ticker(ticker).build();
    rows.lines().forEach(row -> {
      List<String> column = Splitter.on(' ').splitToList(row);
      ticker.set(Long.parseLong(column.get(0)));
      long permits = Long.parseLong(column.get(1));
      boolean granted = column.get(2).equals("granted");
      Decision decision = bucket.peek(permits);
      assertEquals(granted, decision.allowed(), row);
      if (!column.get(3).equals("?")) {
        assertEquals(column.get(3), wait(decision.retryAfter()), row);
      }
      assertEquals(granted, bucket.tryAcquire(permits), row);
      assertEquals(Long.parseLong(column.get(4)), bucket.stats().available(), row);
    });
  }

  private static String wait(Optional<Duration> retryAfter) {
    return retryAfter.map(wait -> Long.toString(wait.toNanos())).orElse("never");
  }
}
