package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.slf4j.Logger;

class SharedRateLimiterTest {
  private static final Limit LIMIT = Limit.perSecond(10).burst(20);

  private final SharedTestClock clock = new SharedTestClock();
  private final SharedMemoryStore store = new SharedMemoryStore(clock);

  private static Decision granted(long remaining, long resetMillis) {
    return new Decision(
        true, remaining, Optional.of(Duration.ZERO), Duration.ofMillis(resetMillis));
  }

  private static Decision refused(long remaining, long retryMillis, long resetMillis) {
    return new Decision(
        false,
        remaining,
        Optional.of(Duration.ofMillis(retryMillis)),
        Duration.ofMillis(resetMillis));
  }

  @Nested
  class TokenBuckets {
    private final SharedRateLimiter limiter =
        SharedRateLimiter.tokenBucket(LIMIT, store, WhenUnreachable.REFUSE).build();

    @Test
    void tryAcquire_newKey_hasItsBurst() {
      assertEquals(granted(19, 100), limiter.tryAcquire("a"));
      assertEquals(granted(0, 2000), limiter.tryAcquire("a", 19));
      assertEquals(refused(0, 100, 2000), limiter.tryAcquire("a"));
      assertEquals(granted(0, 2000), limiter.tryAcquire("b", 20));
    }

    @Test
    void tryAcquire_refused_passesAfterTheWaitAndNotBefore() {
      limiter.tryAcquire("a", 20);
      assertEquals(refused(0, 300, 2000), limiter.tryAcquire("a", 3));
      clock.advance(299_999);
      assertFalse(limiter.tryAcquire("a", 3).allowed());
      clock.advance(1);
      assertEquals(granted(0, 2000), limiter.tryAcquire("a", 3));
    }

    @Test
    void tryAcquire_clockGoesBack_waitsUntilItHasCaughtUp() {
      limiter.tryAcquire("a", 20);
      clock.advance(Duration.ofSeconds(-5));
      assertEquals(refused(0, 5100, 7000), limiter.tryAcquire("a"));
      clock.advance(Duration.ofSeconds(5));
      assertEquals(refused(0, 100, 2000), limiter.tryAcquire("a"));
    }

    @Test
    void tryAcquire_moreThanTheBurst_doesNotAskTheStore() {
      SharedRateLimiter unasked = SharedRateLimiter.tokenBucket(
              LIMIT,
              command -> {
                throw new AssertionError("asked");
              },
              WhenUnreachable.ALLOW)
          .build();
      assertEquals(
          new Decision(false, 0, Optional.empty(), Duration.ZERO), unasked.tryAcquire("a", 21));
      assertFalse(unasked.tryAcquire("a", Long.MAX_VALUE).allowed());
      assertEquals(new SharedRateLimiter.Stats(0, 2, 0), unasked.stats());
    }

    @Test
    void tryAcquire_sevenInThreeSeconds_areExact() {
      SharedRateLimiter seven = SharedRateLimiter.tokenBucket(
              Limit.of(7).per(Duration.ofSeconds(3)), store, WhenUnreachable.REFUSE)
          .build();
      assertTrue(seven.tryAcquire("a", 7).allowed());
      // 3/7 s is 428,571 3/7 us.
      assertEquals(
          Optional.of(Duration.ofNanos(428_572_000)), seven.tryAcquire("a").retryAfter());
      for (int i = 0; i < 1000; i++) {
        clock.advance(Duration.ofSeconds(3));
        assertTrue(seven.tryAcquire("a", 7).allowed());
        assertFalse(seven.tryAcquire("a").allowed());
      }
    }

    @Test
    void tryAcquire_oneEveryThirtyYears_isKept() {
      Limit rare = Limit.of(1).per(Duration.ofDays(365 * 30));
      SharedRateLimiter limiter =
          SharedRateLimiter.tokenBucket(rare, store, WhenUnreachable.REFUSE).build();
      assertTrue(limiter.tryAcquire("a").allowed());
      assertEquals(Optional.of(rare.period()), limiter.tryAcquire("a").retryAfter());
    }
  }

  @Nested
  class FixedWindows {
    private final SharedRateLimiter limiter = SharedRateLimiter.fixedWindow(
            Limit.perSecond(10), store, WhenUnreachable.REFUSE)
        .build();

    @Test
    void tryAcquire_newWindow_countsAnew() {
      clock.advance(Duration.ofMillis(400));
      assertEquals(granted(3, 600), limiter.tryAcquire("a", 7));
      assertEquals(refused(3, 600, 600), limiter.tryAcquire("a", 4));
      clock.advance(Duration.ofMillis(600));
      assertEquals(granted(6, 1000), limiter.tryAcquire("a", 4));
    }

    @Test
    void tryAcquire_clockGoesBack_countsInTheLaterWindow() {
      limiter.tryAcquire("a", 7);
      clock.advance(Duration.ofMillis(-1500));
      assertEquals(granted(0, 2500), limiter.tryAcquire("a", 3));
      assertEquals(refused(0, 2500, 2500), limiter.tryAcquire("a", 1));
    }

    @Test
    void tryAcquire_days_startAtMidnight() {
      SharedRateLimiter daily = SharedRateLimiter.fixedWindow(
              Limit.of(10).per(Duration.ofDays(1)), store, WhenUnreachable.REFUSE)
          .build();
      clock.set(Store.microsOf(Instant.parse("2026-11-23T23:00:00Z")));
      assertEquals(granted(0, 3_600_000), daily.tryAcquire("a", 10));
    }
  }

  @Nested
  class SlidingWindowCounters {
    private final SharedRateLimiter limiter = SharedRateLimiter.slidingWindowCounter(
            Limit.perSecond(10), store, WhenUnreachable.REFUSE)
        .build();

    @Test
    void tryAcquire_nextWindow_countsTheRestOfTheOneBefore() {
      // At 0.4 s of the next window 6/10 of 9 count: 5.4, so 5. Then 5 count until less than one of
      // them does.
      assertTrue(limiter.tryAcquire("a", 9).allowed());
      clock.advance(Duration.ofMillis(1400));
      assertEquals(5, limiter.tryAcquire("a", 6).remaining());
      Duration reset = Duration.ofMillis(600 + 800).plusNanos(1000);
      assertEquals(
          new Decision(true, 0, Optional.of(Duration.ZERO), reset), limiter.tryAcquire("a", 5));
      assertEquals(0, limiter.tryAcquire("a", 1).remaining());
    }

    @Test
    void tryAcquire_refused_passesAfterTheWaitAndNotBefore() {
      limiter.tryAcquire("a", 10);
      // The next window lets one go once less than 10 of 10 count: after one microsecond.
      Duration wait = Duration.ofSeconds(1).plusNanos(1000);
      assertEquals(Optional.of(wait), limiter.tryAcquire("a", 1).retryAfter());
      clock.advance(wait.minusNanos(1000));
      assertFalse(limiter.tryAcquire("a", 1).allowed());
      clock.advance(1);
      assertTrue(limiter.tryAcquire("a", 1).allowed());
    }
  }

  @Nested
  class Failures {
    private final List<String> log = new ArrayList<>();
    private final Logger logger = (Logger) Proxy.newProxyInstance(
        Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, args) -> {
          Object[] values = args[1] instanceof Object[] all ? all : new Object[] {args[1]};
          log.add(method.getName() + " " + args[0] + " " + List.of(values));
          return null;
        });

    private Exception failure = new IOException("no route");
    private boolean works;

    private final Store flaky = command -> {
      if (!works) {
        throw failure;
      }
      return store.apply(command);
    };

    private SharedRateLimiter limiter(WhenUnreachable whenUnreachable) {
      return SharedRateLimiter.tokenBucket(Limit.perSecond(1000), flaky, whenUnreachable)
          .prefix("login:")
          .logger(logger)
          .build();
    }

    @Test
    void tryAcquire_allow_passes() {
      SharedRateLimiter limiter = limiter(WhenUnreachable.ALLOW);
      assertEquals(granted(0, 0), limiter.tryAcquire("a"));
      assertEquals(new SharedRateLimiter.Stats(0, 0, 1), limiter.stats());
    }

    @Test
    void tryAcquire_refuse_sendsTheCallerAway() {
      assertEquals(refused(0, 1000, 1000), limiter(WhenUnreachable.REFUSE).tryAcquire("a"));
      SharedRateLimiter patient = SharedRateLimiter.tokenBucket(
              LIMIT, flaky, WhenUnreachable.REFUSE)
          .pause(Duration.ofMillis(250))
          .logger(logger)
          .build();
      assertEquals(refused(0, 250, 250), patient.tryAcquire("a"));
    }

    @Test
    void tryAcquire_storeThatFailsAndComesBack_isLoggedOnceEach() {
      SharedRateLimiter limiter = limiter(WhenUnreachable.REFUSE);
      for (int i = 0; i < 50; i++) {
        limiter.tryAcquire("a");
      }
      String warning = "warn The store of limiter '{}' fails; until it is back: {} [login:, REFUSE,"
          + " java.io.IOException: no route]";
      assertEquals(List.of(warning), log);
      works = true;
      for (int i = 0; i < 99; i++) {
        limiter.tryAcquire("a");
      }
      assertEquals(1, log.size());
      limiter.tryAcquire("a");
      limiter.tryAcquire("a");
      String back = "info The store of limiter '{}' is back [login:]";
      assertEquals(List.of(warning, back), log);
      works = false;
      limiter.tryAcquire("a");
      assertEquals(List.of(warning, back, warning), log);
      assertEquals(new SharedRateLimiter.Stats(101, 0, 51), limiter.stats());
    }

    @Test
    void tryAcquire_storeThatFailsNowAndThen_isLoggedOnce() {
      SharedRateLimiter limiter = limiter(WhenUnreachable.REFUSE);
      for (int i = 0; i < 500; i++) {
        works = i % 60 != 0;
        limiter.tryAcquire("a");
      }
      assertEquals(1, log.size());
    }

    @Test
    void tryAcquire_interrupted_staysInterruptedAndIsNoOutage() {
      failure = new InterruptedException();
      assertFalse(limiter(WhenUnreachable.REFUSE).tryAcquire("a").allowed());
      assertTrue(Thread.interrupted());
      assertEquals(List.of(), log);
    }

    @Test
    void tryAcquire_error_isThrown() {
      Error error = new OutOfMemoryError("test");
      SharedRateLimiter limiter = SharedRateLimiter.tokenBucket(
              LIMIT,
              command -> {
                throw error;
              },
              WhenUnreachable.ALLOW)
          .build();
      assertSame(error, assertThrows(OutOfMemoryError.class, () -> limiter.tryAcquire("a")));
    }

    @Test
    void tryAcquire_storeThatAnswersNothing_isAFailure() {
      SharedRateLimiter limiter = SharedRateLimiter.tokenBucket(
              LIMIT, command -> null, WhenUnreachable.REFUSE)
          .logger(logger)
          .build();
      assertFalse(limiter.tryAcquire("a").allowed());
      assertEquals(1, limiter.stats().failures());
    }
  }

  @Test
  void tryAcquire_key_hasThePrefix() {
    List<Store.Command> asked = new ArrayList<>();
    SharedRateLimiter limiter = SharedRateLimiter.tokenBucket(
            LIMIT,
            command -> {
              asked.add(command);
              return store.apply(command);
            },
            WhenUnreachable.REFUSE)
        .prefix("login:")
        .build();
    limiter.tryAcquire("user-42", 3);
    assertEquals(
        List.of(new Store.Command(
            "login:user-42", Store.Algorithm.TOKEN_BUCKET, 300_000, 2_000_000, 1)),
        asked);
  }

  @Test
  void stats_countsEveryRequestOnce() {
    SharedRateLimiter limiter =
        SharedRateLimiter.tokenBucket(LIMIT, store, WhenUnreachable.REFUSE).build();
    limiter.tryAcquire("a", 20);
    limiter.tryAcquire("a");
    limiter.tryAcquire("a", 21);
    assertEquals(new SharedRateLimiter.Stats(1, 2, 0), limiter.stats());
    assertEquals(LIMIT, limiter.limit());
  }

  @Test
  void arguments_bad_areNamed() {
    SharedRateLimiter.Builder builder =
        SharedRateLimiter.tokenBucket(LIMIT, store, WhenUnreachable.REFUSE);
    SharedRateLimiter limiter = builder.prefix("login:").build();
    assertNull("limit", () -> SharedRateLimiter.tokenBucket(null, store, WhenUnreachable.ALLOW));
    assertNull("limit", () -> SharedRateLimiter.fixedWindow(null, store, WhenUnreachable.ALLOW));
    assertNull(
        "limit", () -> SharedRateLimiter.slidingWindowCounter(null, store, WhenUnreachable.ALLOW));
    assertNull("store", () -> SharedRateLimiter.tokenBucket(LIMIT, null, WhenUnreachable.ALLOW));
    assertNull("whenUnreachable", () -> SharedRateLimiter.tokenBucket(LIMIT, store, null));
    assertNull("prefix", () -> builder.prefix(null));
    assertNull("pause", () -> builder.pause(null));
    assertNull("key", () -> limiter.tryAcquire(null));
    assertNull("time", () -> Store.microsOf(null));
    assertRefused("permits must be >= 1, was 0", () -> limiter.tryAcquire("a", 0));
    assertRefused(
        "prefix + key must have at most 255 characters, had 256",
        () -> limiter.tryAcquire("x".repeat(250)));
    assertTrue(limiter.tryAcquire("x".repeat(249)).allowed());
    assertRefused(
        "prefix + key must be without U+0000 and lone surrogates, was login:a\0b",
        () -> limiter.tryAcquire("a\0b"));
    assertRefused(
        "prefix + key must be without U+0000 and lone surrogates, was login:\ud800",
        () -> limiter.tryAcquire("\ud800"));
    assertRefused(
        "prefix must have at most 255 characters, had 256", () -> builder.prefix("x".repeat(256)));
    assertRefused(
        "pause must be in [PT0S, PT2562047H47M16.854775807S], was PT-1S",
        () -> builder.pause(Duration.ofSeconds(-1)));
    assertEquals(new SharedRateLimiter.Stats(1, 0, 0), limiter.stats());
  }

  @Test
  void limits_thatCannotBeKept_areRefused() {
    assertRefused(
        "limit must be kept to 1 % by ticks of 1/7 us, was Limit[permits=900001,"
            + " period=PT1S, burst=900001]; count many permits as one",
        () -> bucket(Limit.perSecond(900_001)));
    assertRefused(
        "limit must be kept to 1 % by ticks of 1/7 us, was Limit[permits=8000000,"
            + " period=PT1S, burst=8000000]; count many permits as one",
        () -> bucket(Limit.perSecond(8_000_000)));
    assertRefused(
        "burst must arrive within 2^50 us (35 years), was Limit[permits=1, period=PT8760H,"
            + " burst=36]",
        () -> bucket(Limit.of(1).per(Duration.ofDays(365)).burst(36)));
    assertRefused(
        "burst must arrive within 2^50 us (35 years), was Limit[permits=1, period=PT0.000001S,"
            + " burst=1125899906842625]",
        () -> bucket(Limit.of(1).per(Duration.ofNanos(1000)).burst((1L << 50) + 1)));
    bucket(Limit.perSecond(7_000_000));
    bucket(Limit.perSecond(69_999));
    bucket(Limit.of(1).per(Duration.ofNanos(1000)).burst(1L << 50));
  }

  private static SharedRateLimiter.Builder bucket(Limit limit) {
    return SharedRateLimiter.tokenBucket(
        limit, new SharedMemoryStore(new SharedTestClock()), WhenUnreachable.REFUSE);
  }

  @Test
  void windows_thatCannotBeKept_areRefused() {
    assertRefused("burst must be equal to permits (10), was 20", () -> fixed(LIMIT));
    assertRefused(
        "period must be whole microseconds, was PT0.0000015S",
        () -> fixed(Limit.of(1).per(Duration.ofNanos(1500))));
    assertRefused(
        "period must be in [PT0.000001S, PT312749H58M26.842624S], was PT0.000000999S",
        () -> fixed(Limit.of(1).per(Duration.ofNanos(999))));
    assertRefused(
        "permits must be <= 1125899906842624, was 1125899906842625",
        () -> fixed(Limit.of((1L << 50) + 1).per(Duration.ofDays(10_000))));
    assertRefused(
        "permits times period must be < 2^53 us, was Limit[permits=1000000, period=PT24H,"
            + " burst=1000000]; count many permits as one",
        () -> sliding(Limit.of(1_000_000).per(Duration.ofDays(1))));
    assertRefused("burst must be equal to permits (10), was 20", () -> sliding(LIMIT));
    fixed(Limit.of(1_000_000).per(Duration.ofDays(1)));
    sliding(Limit.of(100_000).per(Duration.ofDays(1)));
    sliding(Limit.of(2_000_000).per(Duration.ofHours(1)));
  }

  private static SharedRateLimiter.Builder fixed(Limit limit) {
    return SharedRateLimiter.fixedWindow(
        limit, new SharedMemoryStore(new SharedTestClock()), WhenUnreachable.REFUSE);
  }

  private static SharedRateLimiter.Builder sliding(Limit limit) {
    return SharedRateLimiter.slidingWindowCounter(
        limit, new SharedMemoryStore(new SharedTestClock()), WhenUnreachable.REFUSE);
  }

  @Test
  void commandsAndReplies_bad_areRefused() {
    Store.Algorithm algorithm = Store.Algorithm.FIXED_WINDOW;
    assertNull("key", () -> new Store.Command(null, algorithm, 1, 1, 1));
    assertNull("algorithm", () -> new Store.Command("a", null, 1, 1, 1));
    assertRefused(
        "cost must be in [1, 5], was 0", () -> new Store.Command("a", algorithm, 0, 5, 1));
    assertRefused(
        "cost must be in [1, 5], was 6", () -> new Store.Command("a", algorithm, 6, 5, 1));
    assertRefused("scale must be >= 1, was 0", () -> new Store.Command("a", algorithm, 1, 5, 0));
    assertRefused("ahead must be >= 0, was -1", () -> new Store.Reply(true, -1, 0, 0));
    assertRefused("used must be >= 0, was -1", () -> new Store.Reply(true, 0, -1, 0));
    assertRefused("before must be >= 0, was -1", () -> new Store.Reply(true, 0, 0, -1));
  }

  @Test
  void microsOf_anyMoment_staysInRange() {
    assertEquals(0, Store.microsOf(Instant.MIN));
    assertEquals(0, Store.microsOf(Instant.parse("2019-12-31T23:59:59.999999Z")));
    assertEquals(1_000_001, Store.microsOf(Instant.parse("2020-01-01T00:00:01.000001999Z")));
    assertEquals((1L << 53) - 1, Store.microsOf(Store.LATEST.minusNanos(1)));
    assertEquals(1L << 53, Store.microsOf(Store.LATEST));
    assertEquals(1L << 53, Store.microsOf(Instant.MAX));
  }

  private static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
