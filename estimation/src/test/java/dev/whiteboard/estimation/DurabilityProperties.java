package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class DurabilityProperties {
  @Property
  void copiesAreACodeWithOneDataShard(
      @ForAll @IntRange(min = 1, max = 20) int copies,
      @ForAll @Scale(6) @DoubleRange(min = 0.0001, max = 10) double rate,
      @ForAll @DoubleRange(min = 0.1, max = 365) double days) {
    TimeSpan repair = TimeSpan.of(days, CalendarUnit.DAY);
    assertEquals(
        Durability.lossOfErasureCode(1, copies - 1, rate, repair),
        Durability.lossOfCopies(copies, rate, repair));
  }

  @Property
  void parityHelpsAndDataFailuresAndSlowRepairsHurt(
      @ForAll @IntRange(min = 1, max = 50) int data,
      @ForAll @IntRange(min = 1, max = 10) int parity,
      @ForAll @Scale(6) @DoubleRange(min = 0.0001, max = 0.1) double rate,
      @ForAll @DoubleRange(min = 0.1, max = 10) double days) {
    TimeSpan repair = TimeSpan.of(days, CalendarUnit.DAY);
    double loss = Durability.lossOfErasureCode(data, parity, rate, repair);
    assertTrue(loss > 0 && loss < 1);
    assertTrue(Durability.lossOfErasureCode(data, parity + 1, rate, repair) < loss);
    assertTrue(Durability.lossOfErasureCode(data + 1, parity, rate, repair) > loss);
    assertTrue(Durability.lossOfErasureCode(data, parity, 1.01 * rate, repair) > loss);
    TimeSpan slower = TimeSpan.of(1.01 * days, CalendarUnit.DAY);
    assertTrue(Durability.lossOfErasureCode(data, parity, rate, slower) > loss);
  }

  /** For rare failures the loss is (rate · repair)^copies / repair, times are years. */
  @Property
  void rareFailuresFollowAPowerLaw(
      @ForAll @IntRange(min = 1, max = 10) int copies,
      @ForAll @Scale(9) @DoubleRange(min = 1e-9, max = 1e-5) double rate,
      @ForAll @DoubleRange(min = 0.1, max = 10) double days) {
    double years = days / 365;
    double expected = Math.pow(rate * years, copies) / years;
    double loss = Durability.lossOfCopies(copies, rate, TimeSpan.of(days, CalendarUnit.DAY));
    assertEquals(1, loss / expected, 1e-4);
  }
}
