package dev.whiteboard.ratelimit;

import static dev.whiteboard.ratelimit.TestThreads.onEightThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeakyBucketTest extends RateLimiterContract {
  @Override
  LeakyBucket limiter(Limit limit) {
    return RateLimiter.leakyBucket(limit).ticker(ticker).build();
  }

  /** Only the first leaves now. */
  @Override
  long permitsAtOnceOneByOne(long burst) {
    return 1;
  }

  @Test
  void factory_null_isNamed() {
    assertNull("limit", () -> RateLimiter.leakyBucket(null));
    assertNull("ticker", () -> RateLimiter.leakyBucket(FIVE).ticker(null));
  }

  @Test
  void reserve_crowd_leavesAtEvenIntervals() {
    LeakyBucket bucket = limiter(FIVE);
    for (int i = 0; i < 5; i++) {
      assertEquals(Optional.of(Duration.ofSeconds(2L * i)), bucket.reserve(1, FOREVER));
    }
    assertEquals(Optional.empty(), bucket.reserve(1, FOREVER));
  }

  @Test
  void reserve_fullBucket_hasRoomWhenOnePermitIsOut() {
    LeakyBucket bucket = limiter(FIVE);
    bucket.reserve(5, FOREVER);
    ticker.advance(Duration.ofSeconds(2).minusNanos(1));
    assertEquals(Optional.empty(), bucket.reserve(1, FOREVER));
    ticker.advance(1);
    assertEquals(Optional.of(Duration.ofSeconds(8)), bucket.reserve(1, FOREVER));
  }

  @Test
  void reserve_severalPermits_holdUpTheNextForAsLong() {
    LeakyBucket bucket = limiter(FIVE);
    assertEquals(Optional.of(Duration.ZERO), bucket.reserve(3, FOREVER));
    assertEquals(Optional.of(Duration.ofSeconds(6)), bucket.reserve(1, FOREVER));
  }

  @Test
  void tryAcquire_burst_passesOneAtATime() {
    LeakyBucket bucket = limiter(FIVE);
    assertTrue(bucket.tryAcquire());
    assertFalse(bucket.tryAcquire());
    ticker.advance(Duration.ofSeconds(2));
    assertTrue(bucket.tryAcquire());
    assertFalse(bucket.tryAcquire());
  }

  @Test
  void reserve_sevenInThreeSeconds_addsNoRoundingUp() {
    LeakyBucket bucket = limiter(Limit.of(7).per(Duration.ofSeconds(3)).burst(1000));
    // 3e9 / 7 = 428,571,428.57
    assertEquals(Optional.of(Duration.ZERO), bucket.reserve(1, FOREVER));
    assertEquals(Optional.of(Duration.ofNanos(428_571_429)), bucket.reserve(1, FOREVER));
    assertEquals(Optional.of(Duration.ofNanos(857_142_858)), bucket.reserve(1, FOREVER));
    assertEquals(Optional.of(Duration.ofNanos(1_285_714_286)), bucket.reserve(1, FOREVER));
    for (int i = 4; i < 700; i++) {
      bucket.reserve(1, FOREVER);
    }
    assertEquals(Optional.of(Duration.ofMinutes(5)), bucket.reserve(1, FOREVER));
  }

  @Test
  void peek_busy_tellsWhenAllIsOut() {
    LeakyBucket bucket = limiter(FIVE);
    bucket.reserve(3, FOREVER);
    ticker.advance(Duration.ofSeconds(1));
    assertEquals(
        new Decision(false, 0, Optional.of(Duration.ofSeconds(5)), Duration.ofSeconds(5)),
        bucket.peek(2));
  }

  @Test
  void refund_takenPermits_givesNoPlaceAway() {
    LeakyBucket bucket = limiter(FIVE);
    bucket.reserve(3, FOREVER);
    bucket.refund(2);
    assertEquals(Optional.of(Duration.ofSeconds(6)), bucket.reserve(1, FOREVER));
  }

  @Test
  void acquire_fullBucket_throws() {
    LeakyBucket bucket = limiter(FIVE);
    bucket.reserve(4, FOREVER);
    assertEquals(
        "no wait is long enough for 2 permits of " + FIVE,
        assertThrows(IllegalStateException.class, () -> bucket.acquire(2)).getMessage());
    assertEquals(
        "no wait is long enough for 2 permits of " + FIVE,
        assertThrows(IllegalStateException.class, () -> bucket.acquireAsync(2, new TestTimer()))
            .getMessage());
  }

  @Test
  void changeLimit_busy_keepsWhatWasToldAndThenTheNewPace() {
    LeakyBucket bucket = limiter(FIVE);
    bucket.reserve(2, FOREVER);
    bucket.changeLimit(Limit.perSecond(1).burst(10));
    assertEquals(Optional.of(Duration.ofSeconds(4)), bucket.reserve(1, FOREVER));
    assertEquals(Optional.of(Duration.ofSeconds(5)), bucket.reserve(1, FOREVER));
    // Six seconds' worth is in the bucket.
    assertEquals(Optional.empty(), bucket.reserve(5, FOREVER));
    assertEquals(Optional.of(Duration.ofSeconds(6)), bucket.reserve(4, FOREVER));
  }

  @Test
  void limit_extremes_areKept() {
    LeakyBucket fast = limiter(Limit.of(15).per(Duration.ofNanos(1)).burst(1L << 61));
    assertEquals(Optional.of(Duration.ZERO), fast.reserve(1L << 60, FOREVER));
    assertEquals(
        Optional.of(Duration.ofNanos(76_861_433_640_456_466L)), fast.reserve(1L << 60, FOREVER));
    assertEquals(Optional.empty(), fast.reserve(1, FOREVER));
    LeakyBucket slow = limiter(Limit.of(1).per(FOREVER));
    assertTrue(slow.tryAcquire());
    assertEquals(new Decision(false, 0, Optional.of(FOREVER), FOREVER), slow.peek(1));
  }

  @Test
  void reserve_eightThreads_hasRoomForExactlyTheBurst() throws Exception {
    LeakyBucket bucket = limiter(Limit.perSecond(1000).burst(10_000));
    assertEquals(10_000, onEightThreads(() -> {
      long taken = 0;
      while (bucket.reserve(1, FOREVER).isPresent()) {
        taken++;
      }
      return taken;
    }));
  }
}
