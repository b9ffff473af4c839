package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
  private static final Duration MOST = Duration.ofNanos(1L << 62);

  private final Backoff backoff =
      Backoff.of(Duration.ofMillis(100), Duration.ofSeconds(20), new Random(1));

  /** A generator that always draws its lowest or its highest number. */
  private record Extreme(boolean highest) implements RandomGenerator {
    @Override
    public long nextLong() {
      throw new AssertionError();
    }

    @Override
    public long nextLong(long bound) {
      return highest ? bound - 1 : 0;
    }
  }

  private static Backoff extreme(boolean highest) {
    return Backoff.of(Duration.ofMillis(100), Duration.ofSeconds(20), new Extreme(highest));
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  @Test
  void longest_doublesUpToTheCap() {
    assertEquals(Duration.ofMillis(100), backoff.longest(0));
    assertEquals(Duration.ofMillis(200), backoff.longest(1));
    assertEquals(Duration.ofMillis(12_800), backoff.longest(7));
    assertEquals(Duration.ofSeconds(20), backoff.longest(8));
  }

  /** A published client computed {@code (long) 2^n * 1000}, slept for a negative time, and died. */
  @ParameterizedTest
  @ValueSource(ints = {31, 32, 40, 62, 63, 64, 65, 128, Integer.MAX_VALUE})
  void longest_manyAttempts_isTheCapAndNeverNegative(int attempt) {
    assertEquals(Duration.ofSeconds(20), backoff.longest(attempt));
    Backoff uncapped = Backoff.of(Duration.ofHours(1), MOST, new Random(1));
    assertEquals(MOST, uncapped.longest(attempt));
    Duration wait = backoff.fullJitter(attempt);
    assertTrue(!wait.isNegative() && wait.compareTo(Duration.ofSeconds(20)) <= 0);
  }

  @Test
  void longest_largestCap_isReachedAtTheLastDoubling() {
    Backoff nanos = Backoff.of(Duration.ofNanos(1), MOST, new Random(1));
    assertEquals(Duration.ofNanos(1L << 61), nanos.longest(61));
    assertEquals(MOST, nanos.longest(62));
    assertEquals(MOST, nanos.longest(63));
  }

  @Test
  void fullJitter_extremes_areNothingAndTheLongestWait() {
    assertEquals(Duration.ZERO, extreme(false).fullJitter(3));
    assertEquals(Duration.ofMillis(800), extreme(true).fullJitter(3));
    assertEquals(MOST, Backoff.of(MOST, MOST, new Extreme(true)).fullJitter(0));
  }

  @Test
  void decorrelatedJitter_extremes_areTheBaseAndThreeTimesTheWaitBefore() {
    Duration second = Duration.ofSeconds(1);
    assertEquals(Duration.ofMillis(100), extreme(false).decorrelatedJitter(second));
    assertEquals(Duration.ofSeconds(3), extreme(true).decorrelatedJitter(second));
    assertEquals(Duration.ofMillis(100), extreme(true).decorrelatedJitter(Duration.ZERO));
    assertEquals(Duration.ofSeconds(20), extreme(true).decorrelatedJitter(Duration.ofSeconds(7)));
    assertEquals(Duration.ofSeconds(20), extreme(true).decorrelatedJitter(MOST));
    assertEquals(MOST, Backoff.of(MOST, MOST, new Extreme(true)).decorrelatedJitter(MOST));
  }

  @Test
  void honouring_addsTheWaitToWhatTheServerAsked() {
    assertEquals(
        Duration.ofMillis(30_250),
        Backoff.honouring(Duration.ofMillis(250), Duration.ofSeconds(30)));
    assertEquals(MOST, Backoff.honouring(Duration.ZERO, MOST));
    assertEquals(Duration.ofNanos(Long.MAX_VALUE), Backoff.honouring(MOST, MOST.minusNanos(1)));
    assertEquals(Duration.ofNanos(Long.MAX_VALUE), Backoff.honouring(MOST, MOST));
  }

  /** Uniform in [0, m]: mean m/2, standard deviation of the mean of n draws m/sqrt(12n). Seed 1, 4 sigma. */
  @Test
  void fullJitter_manyDraws_areUniform() {
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      sum += backoff.fullJitter(3).toNanos();
    }
    double most = 800e6;
    assertEquals(most / 2, sum / 100_000, 4 * most / Math.sqrt(12 * 100_000));
  }

  @Test
  void arguments_bad_areNamed() {
    Random random = new Random(1);
    Duration second = Duration.ofSeconds(1);
    assertNull("base", () -> Backoff.of(null, second, random));
    assertNull("cap", () -> Backoff.of(second, null, random));
    assertNull("random", () -> Backoff.of(second, second, null));
    assertRefused(
        "base must be in [PT0.000000001S, PT1281023H53M38.427387904S], was PT0S",
        () -> Backoff.of(Duration.ZERO, second, random));
    assertRefused(
        "cap must be in [PT1S, PT1281023H53M38.427387904S], was PT0.999999999S",
        () -> Backoff.of(second, second.minusNanos(1), random));
    assertRefused(
        "cap must be in [PT1S, PT1281023H53M38.427387904S], was PT1281023H53M38.427387905S",
        () -> Backoff.of(second, MOST.plusNanos(1), random));
    assertRefused("attempt must be >= 0, was -1", () -> backoff.longest(-1));
    assertRefused("attempt must be >= 0, was -2147483648", () -> backoff.fullJitter(1 << 31));
    assertNull("previous", () -> backoff.decorrelatedJitter(null));
    assertRefused(
        "previous must be in [PT0S, PT1281023H53M38.427387904S], was PT-1S",
        () -> backoff.decorrelatedJitter(second.negated()));
    assertNull("wait", () -> Backoff.honouring(null, second));
    assertNull("retryAfter", () -> Backoff.honouring(second, null));
    assertRefused(
        "wait must be in [PT0S, PT1281023H53M38.427387904S], was PT-1S",
        () -> Backoff.honouring(second.negated(), second));
    assertRefused(
        "retryAfter must be in [PT0S, PT1281023H53M38.427387904S], was PT-1S",
        () -> Backoff.honouring(second, second.negated()));
  }
}
