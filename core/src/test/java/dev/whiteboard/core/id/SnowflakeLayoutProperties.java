package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.core.id.SnowflakeLayout.Order;
import dev.whiteboard.core.id.SnowflakeLayout.Parts;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class SnowflakeLayoutProperties {
  @Provide
  Arbitrary<SnowflakeLayout> layouts() {
    // The widths of node and sequence are drawn first; a unit of 2^10 ms or less leaves 52 bits of
    // time.
    return Combinators.combine(
            Arbitraries.longs().between(0, 16_725_225_600_000L).map(Instant::ofEpochMilli),
            Arbitraries.integers().between(1, 1000).map(Duration::ofMillis),
            Arbitraries.integers().between(1, 52),
            Arbitraries.integers().between(1, 30),
            Arbitraries.integers().between(1, 30),
            Arbitraries.of(Order.class))
        .filter((epoch, unit, time, node, sequence, order) -> time + node + sequence <= 63)
        .as(SnowflakeLayout::new);
  }

  @Property
  void decodeGivesBackWhatWasPutIn(
      @ForAll("layouts") SnowflakeLayout layout,
      @ForAll @LongRange(min = 0) long a,
      @ForAll @LongRange(min = 0) long b,
      @ForAll @LongRange(min = 0) long c) {
    Parts parts = parts(layout, a, b, c);
    long id = layout.encode(parts.time(), parts.node(), parts.sequence());
    assertTrue(id >= 0);
    assertEquals(parts, layout.decode(id));
  }

  @Property
  void everyIdOfTheLayoutIsMadeOfItsParts(
      @ForAll("layouts") SnowflakeLayout layout, @ForAll @LongRange(min = 0) long any) {
    int bits = layout.timeBits() + layout.nodeBits() + layout.sequenceBits();
    long id = any & ((1L << bits) - 1);
    Parts parts = layout.decode(id);
    assertEquals(id, layout.encode(parts.time(), parts.node(), parts.sequence()));
  }

  @Property
  void theFirstIdOfAnInstantParts_whatIsOlderFromWhatIsNot(
      @ForAll("layouts") SnowflakeLayout layout,
      @ForAll @LongRange(min = 0) long a,
      @ForAll @LongRange(min = 0) long b,
      @ForAll @LongRange(min = 0) long c,
      @ForAll @LongRange(min = 0) long d) {
    Parts parts = parts(layout, a, b, c);
    Instant bound = parts(layout, d, 0, 0).time();
    long id = layout.encode(parts.time(), parts.node(), parts.sequence());
    assertEquals(!parts.time().isBefore(bound), id >= layout.firstIdAt(bound));
  }

  @Property
  void theFieldsOfALayoutAreAsWideAsItSays(@ForAll("layouts") SnowflakeLayout layout) {
    BigInteger lifetime = BigInteger.TWO
        .pow(layout.timeBits())
        .multiply(BigInteger.valueOf(layout.unit().toMillis()));
    assertEquals(lifetime, BigInteger.valueOf(layout.lifetime().toMillis()));
    assertEquals(layout.epoch(), layout.end().minusMillis(lifetime.longValueExact()));
    assertEquals(layout.nodeBits(), Long.bitCount(layout.maxNode()));
    assertEquals(layout.sequenceBits(), Long.bitCount(layout.maxSequence()));
    double perUnit = layout.idsPerSecond() * layout.unit().toMillis() / 1000;
    assertEquals((double) (layout.maxSequence() + 1), perUnit, perUnit * 1e-15);
  }

  /** Any parts that the layout has, at the beginning of a unit. */
  private static Parts parts(SnowflakeLayout layout, long a, long b, long c) {
    long units = a & ((1L << layout.timeBits()) - 1);
    return new Parts(
        layout.epoch().plusMillis(units * layout.unit().toMillis()),
        b & layout.maxNode(),
        c & layout.maxSequence());
  }
}
