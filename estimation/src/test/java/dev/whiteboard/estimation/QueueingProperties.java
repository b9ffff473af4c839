package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class QueueingProperties {
  @Property
  void oneServerOfTheThreeKindsIsOneAndTheSame(
      @ForAll @Scale(9) @DoubleRange(min = 0, max = 0.999) double utilisation,
      @ForAll @Scale(9) @DoubleRange(min = 1e-6, max = 1e6) double serviceRate) {
    SteadyState line = Queueing.mm1(utilisation * serviceRate, serviceRate);
    assertAlike(line, Queueing.mmc(utilisation * serviceRate, serviceRate, 1));
    assertAlike(line, Queueing.mg1(utilisation * serviceRate, 1 / serviceRate, 1));
  }

  private static void assertAlike(SteadyState expected, SteadyState actual) {
    assertEquals(expected.utilisation(), actual.utilisation(), 1e-14);
    assertEquals(expected.waitProbability(), actual.waitProbability(), 1e-14);
    assertEquals(1, (1 + actual.itemsWaiting()) / (1 + expected.itemsWaiting()), 1e-12);
    assertEquals(1, (1 + actual.itemsInSystem()) / (1 + expected.itemsInSystem()), 1e-12);
    assertEquals(expected.waitingTime(), actual.waitingTime(), 1e-12 * expected.timeInSystem());
    assertEquals(1, actual.timeInSystem() / expected.timeInSystem(), 1e-12);
  }

  @Property
  void littlesLawHolds(
      @ForAll @Scale(9) @DoubleRange(min = 0.01, max = 0.999) double utilisation,
      @ForAll @Scale(9) @DoubleRange(min = 1e-6, max = 1e6) double serviceRate,
      @ForAll @IntRange(min = 1, max = 1000) int servers) {
    double arrivalRate = utilisation * servers * serviceRate;
    SteadyState line = Queueing.mmc(arrivalRate, serviceRate, servers);
    assertEquals(1, line.itemsInSystem() / (arrivalRate * line.timeInSystem()), 1e-12);
    assertEquals(
        arrivalRate * line.waitingTime(), line.itemsWaiting(), 1e-12 * line.itemsInSystem());
    assertEquals(1, line.timeInSystem() / (line.waitingTime() + 1 / serviceRate), 1e-12);
  }

  @Property
  void oneQueueForAllBeatsOneForEach(
      @ForAll @Scale(9) @DoubleRange(min = 0.01, max = 0.999) double utilisation,
      @ForAll @IntRange(min = 2, max = 1000) int servers) {
    double shared = Queueing.mmc(utilisation * servers, 1, servers).waitingTime();
    assertTrue(shared < Queueing.mm1(utilisation, 1).waitingTime());
  }

  @Property
  void unevenServiceTimesMakeAllWait(
      @ForAll @Scale(9) @DoubleRange(min = 0.01, max = 0.999) double utilisation,
      @ForAll @Scale(9) @DoubleRange(min = 0, max = 100) double squaredVariation) {
    SteadyState even = Queueing.mg1(utilisation, 1, squaredVariation);
    SteadyState uneven = Queueing.mg1(utilisation, 1, squaredVariation + 1);
    assertTrue(uneven.waitingTime() > even.waitingTime());
    assertTrue(
        Queueing.mg1(utilisation + 0.0005, 1, squaredVariation).waitingTime() > even.waitingTime());
  }

  /** The middle percentiles of 4,000 equal shares of the requests have the mean; all but some 1e-4 of it. */
  @Property(tries = 20)
  void percentilesHaveTheMean(
      @ForAll @Scale(9) @DoubleRange(min = 0.1, max = 0.95) double utilisation,
      @ForAll @IntRange(min = 1, max = 30) int servers) {
    SteadyState line = Queueing.mmc(utilisation * servers, 1, servers);
    double time = 0;
    double wait = 0;
    for (int i = 0; i < 4000; i++) {
      double quantile = (i + 0.5) / 4000;
      time += Queueing.mmcTimeInSystem(utilisation * servers, 1, servers, quantile) / 4000;
      wait += Queueing.mmcWaitingTime(utilisation * servers, 1, servers, quantile) / 4000;
    }
    assertEquals(line.timeInSystem(), time, 1e-3 * line.timeInSystem());
    assertEquals(line.waitingTime(), wait, 1e-3 * line.timeInSystem());
  }

  @Property
  void unitsOfTimeDoNotMatter(
      @ForAll @Scale(9) @DoubleRange(min = 0.1, max = 0.99) double utilisation,
      @ForAll @IntRange(min = 1, max = 30) int servers,
      @ForAll @Scale(9) @DoubleRange(min = 0, max = 0.9999) double quantile) {
    double arrivalRate = utilisation * servers;
    double time = Queueing.mmcTimeInSystem(arrivalRate, 1, servers, quantile);
    assertEquals(
        time * 0x1p-10, Queueing.mmcTimeInSystem(arrivalRate * 1024, 1024, servers, quantile));
    assertEquals(
        Queueing.mmc(arrivalRate, 1, servers).timeInSystem() * 0x1p-10,
        Queueing.mmc(arrivalRate * 1024, 1024, servers).timeInSystem());
  }

  @Property
  void longerWaitsAreRarerAndOverloadEndsThemAll(
      @ForAll @Scale(9) @DoubleRange(min = 1e-9, max = 1) double spare,
      @ForAll @IntRange(min = 1, max = 1000) int servers,
      @ForAll @Scale(9) @DoubleRange(min = 0, max = 0.99) double quantile) {
    double arrivalRate = servers * (1 - spare);
    double time = Queueing.mmcTimeInSystem(arrivalRate, 1, servers, quantile);
    assertTrue(time >= 0 && time < Double.POSITIVE_INFINITY);
    assertTrue(Queueing.mmcTimeInSystem(arrivalRate, 1, servers, quantile + 0.005) > time);
    double wait = Queueing.mmcWaitingTime(arrivalRate, 1, servers, quantile);
    assertTrue(wait >= 0 && wait <= time * (1 + 1e-9));
  }
}
