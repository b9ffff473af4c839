package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class WideProperties {
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }

  @Property(tries = 3000)
  void quotientsAreThoseOfIntegersWithoutBound(
      @ForAll @LongRange(min = 0) long a,
      @ForAll @LongRange(min = 0) long b,
      @ForAll @LongRange(min = 1) long c) {
    BigInteger[] quotient = product(a, b).divideAndRemainder(BigInteger.valueOf(c));
    assertEquals(quotient[0].min(MAX).longValueExact(), Wide.floor(a, b, c));
    BigInteger up = quotient[0].add(BigInteger.valueOf(quotient[1].signum()));
    assertEquals(up.min(MAX).longValueExact(), Wide.ceil(a, b, c));
  }

  @Property(tries = 3000)
  void smallQuotientsAreThoseOfLongs(
      @ForAll @LongRange(min = 0, max = 1L << 31) long a,
      @ForAll @LongRange(min = 0, max = 1L << 31) long b,
      @ForAll @LongRange(min = 1, max = 1L << 31) long c) {
    assertEquals(a * b / c, Wide.floor(a, b, c));
    assertEquals(-Math.floorDiv(-(a * b), c), Wide.ceil(a, b, c));
  }

  @Property(tries = 3000)
  void comparisonIsThatOfIntegersWithoutBound(
      @ForAll long a, @ForAll long b, @ForAll long c, @ForAll long d) {
    assertEquals(product(a, b).compareTo(product(c, d)) <= 0, Wide.atMost(a, b, c, d));
    assertEquals(true, Wide.atMost(a, b, a, b));
    assertEquals(true, Wide.atMost(a, b, b, a));
  }
}
