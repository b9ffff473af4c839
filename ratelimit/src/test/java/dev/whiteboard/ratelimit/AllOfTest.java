package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AllOfTest {
  private final TestTicker ticker = new TestTicker();
  private final TokenBucket fast = bucket(Limit.perSecond(5));
  private final TokenBucket slow = bucket(Limit.of(20).per(Duration.ofSeconds(10)));
  private final RateLimiter both = RateLimiter.allOf(fast, slow);

  private TokenBucket bucket(Limit limit) {
    return RateLimiter.tokenBucket(limit).ticker(ticker).build();
  }

  @Test
  void tryAcquire_allHaveRoom_takesFromAll() {
    assertTrue(both.tryAcquire(3));
    assertEquals(2, fast.stats().available());
    assertEquals(17, slow.stats().available());
  }

  @Test
  void tryAcquire_oneIsEmpty_takesFromNone() {
    fast.tryAcquire(5);
    assertFalse(both.tryAcquire());
    assertEquals(20, slow.stats().available());
    ticker.advance(Duration.ofMillis(200));
    slow.tryAcquire(20);
    assertFalse(both.tryAcquire());
    assertEquals(1, fast.stats().available());
  }

  @Test
  void tryAcquire_moreThanTheSmallestBurst_isRefusedAtOnce() {
    assertFalse(both.tryAcquire(6));
    assertEquals(Optional.empty(), both.peek(6).retryAfter());
    assertEquals(Optional.empty(), both.reserve(6, Duration.ofDays(1)));
    assertEquals(20, slow.stats().available());
  }

  @Test
  void peek_tellsTheLeastRemainderAndTheLongestTimes() {
    both.tryAcquire(5);
    slow.tryAcquire(14);
    ticker.advance(Duration.ofMillis(400));
    // fast has 2, slow has 1.8
    assertEquals(
        new Decision(false, 1, Optional.of(Duration.ofMillis(600)), Duration.ofMillis(9100)),
        both.peek(3));
    assertTrue(both.peek(1).allowed());
    assertEquals(new RateLimiter.Stats(1, Duration.ofMillis(9100)), both.stats());
  }

  @Test
  void reserve_tellsTheLongestWait() {
    slow.tryAcquire(20);
    assertEquals(Optional.of(Duration.ofMillis(1500)), both.reserve(3, Duration.ofMillis(1500)));
    assertEquals(2, fast.stats().available());
  }

  @Test
  void reserve_longerThanWorthIt_takesFromNone() {
    slow.tryAcquire(20);
    assertEquals(Optional.empty(), both.reserve(3, Duration.ofMillis(1499)));
    assertEquals(5, fast.stats().available());
    assertEquals(Duration.ofSeconds(10), slow.stats().untilFull());
  }

  @Test
  void refund_givesBackToAll() {
    both.tryAcquire(5);
    both.refund(2);
    assertEquals(2, fast.stats().available());
    assertEquals(17, slow.stats().available());
  }

  @Test
  void limit_isTheOneWithTheSmallestBurst() throws Exception {
    assertEquals(Limit.perSecond(5), both.limit());
    both.acquire(5, duration -> {});
    assertEquals(
        "permits must be <= the burst of 5, was 6",
        assertThrows(IllegalArgumentException.class, () -> both.acquire(6)).getMessage());
  }

  @Test
  void changeLimit_isForTheParts() {
    assertEquals(
        "next",
        assertThrows(NullPointerException.class, () -> both.changeLimit(null)).getMessage());
    assertEquals(
        "change the limit of one of the limiters",
        assertThrows(
                UnsupportedOperationException.class, () -> both.changeLimit(Limit.perSecond(1)))
            .getMessage());
    fast.changeLimit(Limit.perSecond(5).burst(2));
    assertFalse(both.tryAcquire(3));
  }

  @Test
  void allOf_badLimiters_areNamed() {
    assertEquals(
        "limiters",
        assertThrows(NullPointerException.class, () -> RateLimiter.allOf((RateLimiter[]) null))
            .getMessage());
    assertEquals(
        "limiters[1]",
        assertThrows(NullPointerException.class, () -> RateLimiter.allOf(fast, null))
            .getMessage());
    assertEquals(
        "limiters must not be empty",
        assertThrows(IllegalArgumentException.class, RateLimiter::allOf).getMessage());
    assertEquals(
        "limiters must be different, were the same at 0 and 2",
        assertThrows(IllegalArgumentException.class, () -> RateLimiter.allOf(fast, slow, fast))
            .getMessage());
  }

  @Test
  void permits_fewerThanOne_areRefused() {
    String message = "permits must be >= 1, was 0";
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> both.tryAcquire(0)).getMessage());
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> both.peek(0)).getMessage());
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> both.refund(0)).getMessage());
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> both.reserve(0, Duration.ZERO))
            .getMessage());
    assertEquals(
        "maxWait must be >= 0, was PT-1S",
        assertThrows(IllegalArgumentException.class, () -> both.reserve(1, Duration.ofSeconds(-1)))
            .getMessage());
  }

  @Test
  void allOf_ofAllOf_decidesAsOne() {
    TokenBucket third = bucket(Limit.perSecond(1));
    RateLimiter all = RateLimiter.allOf(both, third);
    assertTrue(all.tryAcquire());
    assertFalse(all.tryAcquire());
    assertEquals(4, fast.stats().available());
  }

  /** Somebody empties the second bucket between the asking and the taking. */
  @Test
  void tryAcquire_overtaken_givesBackExactly() {
    TokenBucket first = bucket(Limit.perSecond(5));
    RateLimiter overtaken = RateLimiter.allOf(first, new Overtaken(slow));
    first.tryAcquire(2);
    ticker.advance(Duration.ofMillis(70));
    Decision before = first.peek(5);
    assertFalse(overtaken.tryAcquire(2));
    assertEquals(before, first.peek(5));
    assertEquals(0, slow.stats().available());
    slow.refund(20);
    assertEquals(Optional.empty(), overtaken.reserve(2, Duration.ZERO));
    assertEquals(before, first.peek(5));
  }

  /** A limiter from which all is taken after each look at it. */
  private record Overtaken(RateLimiter limiter) implements RateLimiter {
    @Override
    public boolean tryAcquire(long permits) {
      return limiter.tryAcquire(permits);
    }

    @Override
    public Optional<Duration> reserve(long permits, Duration maxWait) {
      return limiter.reserve(permits, maxWait);
    }

    @Override
    public Decision peek(long permits) {
      Decision decision = limiter.peek(permits);
      assertTrue(limiter.tryAcquire(20));
      return decision;
    }

    @Override
    public void refund(long permits) {
      limiter.refund(permits);
    }

    @Override
    public void changeLimit(Limit next) {
      limiter.changeLimit(next);
    }

    @Override
    public Limit limit() {
      return limiter.limit();
    }
  }
}
