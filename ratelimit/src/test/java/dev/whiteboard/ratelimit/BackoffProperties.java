package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BackoffProperties {
  @Property
  void longestIsThatOfIntegersWithoutBound(
      @ForAll @LongRange(min = 1, max = 1L << 62) long base,
      @ForAll @LongRange(min = 0, max = 1L << 62) long above,
      @ForAll @IntRange(min = 0, max = 200) int attempt) {
    long cap = base + Math.min(above, (1L << 62) - base);
    Backoff backoff = Backoff.of(Duration.ofNanos(base), Duration.ofNanos(cap), new Random(1));
    long expected =
        BigInteger.valueOf(base).shiftLeft(attempt).min(BigInteger.valueOf(cap)).longValueExact();
    assertEquals(Duration.ofNanos(expected), backoff.longest(attempt));
  }

  @Property
  void jitterStaysWithinItsBounds(
      @ForAll @LongRange(min = 1, max = 1L << 62) long base,
      @ForAll @LongRange(min = 0, max = 1L << 62) long above,
      @ForAll @LongRange(min = 0, max = 1L << 62) long previous,
      @ForAll @IntRange(min = 0) int attempt,
      @ForAll long seed) {
    long cap = base + Math.min(above, (1L << 62) - base);
    Backoff backoff = Backoff.of(Duration.ofNanos(base), Duration.ofNanos(cap), new Random(seed));
    long full = backoff.fullJitter(attempt).toNanos();
    assertTrue(0 <= full && full <= backoff.longest(attempt).toNanos());
    long decorrelated = backoff.decorrelatedJitter(Duration.ofNanos(previous)).toNanos();
    long most = previous > Long.MAX_VALUE / 3 ? Long.MAX_VALUE : 3 * previous;
    assertTrue(base <= decorrelated && decorrelated <= cap);
    assertTrue(decorrelated <= Math.max(base, most));
  }
}
