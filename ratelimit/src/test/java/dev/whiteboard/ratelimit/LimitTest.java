package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LimitTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  @Test
  void per_noBurst_allowsAPeriodsWorthAtOnce() {
    assertEquals(new Limit(100, SECOND, 100), Limit.of(100).per(SECOND));
    assertEquals(new Limit(100, SECOND, 100), Limit.perSecond(100));
  }

  @Test
  void burst_another_keepsTheRate() {
    assertEquals(new Limit(100, SECOND, 20), Limit.perSecond(100).burst(20));
  }

  @Test
  void of_fewerThanOnePermit_isRefused() {
    assertRefused("permits must be >= 1, was 0", () -> Limit.of(0));
    assertRefused("permits must be >= 1, was -1", () -> Limit.perSecond(-1));
    assertRefused(
        "permits must be >= 1, was " + Long.MIN_VALUE, () -> new Limit(Long.MIN_VALUE, SECOND, 1));
  }

  @Test
  void per_periodOutOfRange_isRefused() {
    String range = "period must be in [PT0.000000001S, PT2562047H47M16.854775807S], was ";
    assertRefused(range + "PT0S", () -> Limit.of(1).per(Duration.ZERO));
    assertRefused(range + "PT-1S", () -> Limit.of(1).per(SECOND.negated()));
    assertRefused(
        range + "PT2562047H47M16.854775808S", () -> Limit.of(1).per(LONGEST.plusNanos(1)));
    assertEquals(LONGEST, Limit.of(1).per(LONGEST).period());
  }

  @Test
  void per_null_namesTheArgument() {
    assertEquals(
        "period",
        assertThrows(NullPointerException.class, () -> Limit.of(1).per(null)).getMessage());
  }

  @Test
  void per_sixteenPermitsANanosecond_isRefused() {
    assertRefused(
        "permits must be < 16 per nanosecond, was 16 per PT0.000000001S",
        () -> Limit.of(16).per(Duration.ofNanos(1)));
    assertRefused(
        "permits must be < 16 per nanosecond, was 16000000000 per PT1S",
        () -> Limit.perSecond(16_000_000_000L));
    assertEquals(15_999_999_999L, Limit.perSecond(15_999_999_999L).permits());
  }

  @Test
  void burst_outOfRange_isRefused() {
    String range = "burst must be in [1, 2305843009213693952], was ";
    assertRefused(range + "0", () -> Limit.perSecond(1).burst(0));
    assertRefused(range + "2305843009213693953", () -> Limit.perSecond(1).burst((1L << 61) + 1));
    assertRefused(range + Long.MAX_VALUE, () -> Limit.of(Long.MAX_VALUE).per(LONGEST));
    assertEquals(1L << 61, Limit.perSecond(1_000_000_000).burst(1L << 61).burst());
  }

  @Test
  void burst_thatNeverArrives_isRefused() {
    Limit onceInAYear = Limit.of(1).per(Duration.ofDays(365));
    assertEquals(292, onceInAYear.burst(292).burst());
    assertRefused(
        "burst must arrive within PT2562047H47M16.854775807S, was 293 at 1 per PT8760H",
        () -> onceInAYear.burst(293));
    assertRefused(
        "burst must arrive within PT2562047H47M16.854775807S, was 2305843009213693952 at 1 per PT8760H",
        () -> onceInAYear.burst(1L << 61));
  }

  @Test
  void strict_aTenthIsTheBurstAndTheRestArrives() {
    assertEquals(new Limit(91, SECOND, 10), Limit.strict(100, SECOND));
    assertEquals(new Limit(10, SECOND, 1), Limit.strict(10, SECOND));
    assertEquals(new Limit(10, SECOND, 2), Limit.strict(11, SECOND));
    assertEquals(new Limit(1, SECOND, 1), Limit.strict(1, SECOND));
    assertEquals(new Limit(2, SECOND, 1), Limit.strict(2, SECOND));
  }

  @Test
  void strict_badArguments_areRefused() {
    String range = "window must be in [PT0.000000001S, PT160127H59M12.303423488S], was ";
    assertRefused("permits must be >= 1, was 0", () -> Limit.strict(0, SECOND));
    assertRefused(range + "PT0S", () -> Limit.strict(1, Duration.ZERO));
    assertRefused(range + LONGEST, () -> Limit.strict(1, LONGEST));
    assertRefused(
        "permits must be < 16 per nanosecond, was 16 per PT0.000000001S",
        () -> Limit.strict(17, Duration.ofNanos(1)));
    assertEquals(
        "window",
        assertThrows(NullPointerException.class, () -> Limit.strict(1, null)).getMessage());
    assertEquals(1L << 59, Limit.strict(1, Duration.ofNanos(1L << 59)).period().toNanos());
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
