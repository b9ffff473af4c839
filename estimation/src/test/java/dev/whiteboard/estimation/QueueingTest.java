package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueingTest {
  /** 1,000 requests a second that each take 50 ms keep 50 connections busy. */
  @Test
  void littlesLaw_threeForms_agree() {
    assertEquals(50, Queueing.itemsInSystem(1000, 0.05));
    assertEquals(1000, Queueing.arrivalRate(50, 0.05));
    assertEquals(0.05, Queueing.timeInSystem(50, 1000));
  }

  @Test
  void emptySystem_hasNoItemsAndNoDelay() {
    assertEquals(0, Queueing.itemsInSystem(0, 10));
    assertEquals(0, Queueing.arrivalRate(0, 10));
    assertEquals(0, Queueing.timeInSystem(0, 10));
  }

  /** math.techqa.club, question 4888305: 8 an hour arrive, 12 can be served. */
  @Test
  void mm1_twoThirdsBusy_isByHand() {
    SteadyState line = Queueing.mm1(8, 12);
    assertEquals(2 / 3.0, line.utilisation(), 1e-15);
    assertEquals(2 / 3.0, line.waitProbability(), 1e-15);
    assertEquals(4 / 3.0, line.itemsWaiting(), 1e-15);
    assertEquals(2, line.itemsInSystem(), 1e-15);
    assertEquals(1 / 6.0, line.waitingTime(), 1e-15);
    assertEquals(1 / 4.0, line.timeInSystem(), 1e-15);
  }

  /** The unit test ErlangCTester (9 and 35 servers), erlanglib's tests (14) and R queueing 0.2.12 (55). */
  @ParameterizedTest
  @CsvSource({
    "7, 1, 9, 0.384947094156769, 1.34731482954869, 0.192473547078384, 1.19247354707838",
    "0.1, 300, 35, 0.284582462413507, 1.70749477448104, 17.0749477448104, 317.07494774481",
    "0.2, 50, 14, 0.17413193359505, 0.435329833987625, 2.17664916993813, 52.1766491699381",
    "0.2, 240, 55, 0.238700936378009, 1.63680642087778, 8.18403210438889, 248.184032104389"
  })
  void mmc_publishedFigures_agree(
      double arrivalRate,
      double serviceTime,
      int servers,
      double waits,
      double waiting,
      double wait,
      double time) {
    SteadyState line = Queueing.mmc(arrivalRate, 1 / serviceTime, servers);
    assertEquals(waits, line.waitProbability(), 1e-13 * waits);
    assertEquals(waiting, line.itemsWaiting(), 1e-13 * waiting);
    assertEquals(waiting + arrivalRate * serviceTime, line.itemsInSystem(), 1e-12);
    assertEquals(wait, line.waitingTime(), 1e-13 * wait);
    assertEquals(time, line.timeInSystem(), 1e-13 * time);
  }

  /** erlanglib's tests: of 10 erlangs on 14 agents with calls of 180 s, 88.8350 % wait no longer than 20 s. */
  @Test
  void mmcWaitingTime_callCentre_agreesWithErlanglib() {
    assertEquals(20, Queueing.mmcWaitingTime(10 / 180.0, 1 / 180.0, 14, 0.888350), 1e-4);
    assertEquals(0, Queueing.mmcWaitingTime(10 / 180.0, 1 / 180.0, 14, 0.8));
  }

  /** M/M/1: the time in the system is exponential. */
  @Test
  void mmcTimeInSystem_oneServer_isALogarithm() {
    assertEquals(Math.log(100) / 4, Queueing.mmcTimeInSystem(8, 12, 1, 0.99), 1e-14);
    assertEquals(0, Queueing.mmcTimeInSystem(8, 12, 1, 0));
    assertEquals(Math.log(2), Queueing.mmcTimeInSystem(0, 1, 5, 0.5), 1e-15);
  }

  /** Two servers and one erlang: a third waits, for as long a time as the service; P(T > t) = e^−t (1 + t / 3). */
  @Test
  void mmcTimeInSystem_equalRates_isTheLimitOfUnequalOnes() {
    double median = Queueing.mmcTimeInSystem(1, 1, 2, 0.5);
    assertEquals(0.5, Math.exp(-median) * (1 + median / 3), 1e-15);
    assertEquals(median, Queueing.mmcTimeInSystem(1 + 1e-12, 1, 2, 0.5), 1e-11);
    assertEquals(median, Queueing.mmcTimeInSystem(1 - 1e-12, 1, 2, 0.5), 1e-11);
  }

  /** A constant service time halves the wait of an exponential one; one as uneven as C² = 16 makes it 8.5 times as long. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 1, 0, 0.5, 0.25",
    "0.9, 1, 0, 4.5, 4.05",
    "0.9, 1, 1, 9, 8.1",
    "0.9, 1, 4, 22.5, 20.25",
    "0.8, 1, 0.5, 3, 2.4",
    "0.7, 1, 16, 19.833333333333333, 13.883333333333333"
  })
  void mg1_pollaczekKhinchine_isByHand(
      double arrivalRate, double mean, double squaredVariation, double wait, double waiting) {
    SteadyState line = Queueing.mg1(arrivalRate, mean, squaredVariation);
    assertEquals(arrivalRate, line.waitProbability());
    assertEquals(wait, line.waitingTime(), 1e-14 * wait);
    assertEquals(wait + mean, line.timeInSystem(), 1e-14 * wait);
    assertEquals(waiting, line.itemsWaiting(), 1e-14 * waiting);
    assertEquals(waiting + arrivalRate * mean, line.itemsInSystem(), 1e-14 * waiting);
  }

  @Test
  void fullOrOverloaded_isEndless() {
    double endless = Double.POSITIVE_INFINITY;
    SteadyState full = new SteadyState(1, 1, endless, endless, endless, endless);
    assertEquals(full, Queueing.mm1(5, 5));
    assertEquals(full, Queueing.mmc(10, 5, 2));
    assertEquals(full, Queueing.mg1(5, 0.2, 0));
    assertEquals(1.5, Queueing.mmc(15, 5, 2).utilisation());
    assertEquals(endless, Queueing.mmc(15, 5, 2).timeInSystem());
    assertEquals(endless, Queueing.mmc(1e300, 1e-300, 2).utilisation());
    assertEquals(endless, Queueing.mmcTimeInSystem(10, 5, 2, 0));
    assertEquals(endless, Queueing.mmcWaitingTime(10, 5, 2, 0));
  }

  @Test
  void nobodyArrives_nobodyWaits() {
    SteadyState idle = new SteadyState(0, 0, 0, 0, 0, 0.25);
    assertEquals(idle, Queueing.mm1(0, 4));
    assertEquals(idle, Queueing.mmc(0, 4, 3));
    assertEquals(idle, Queueing.mg1(0, 0.25, 9));
    assertEquals(0, Queueing.mm1(0, Double.MIN_VALUE).waitingTime());
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    assertRefused(
        "arrivalRate must be finite and >= 0, was -1.0", () -> Queueing.itemsInSystem(-1, 1));
    assertRefused(
        "timeInSystem must be finite and >= 0, was NaN",
        () -> Queueing.itemsInSystem(1, Double.NaN));
    assertRefused(
        "itemsInSystem must be finite and >= 0, was -1.0", () -> Queueing.arrivalRate(-1, 1));
    assertRefused("timeInSystem must be finite and > 0, was 0.0", () -> Queueing.arrivalRate(1, 0));
    assertRefused("arrivalRate must be finite and > 0, was 0.0", () -> Queueing.timeInSystem(1, 0));
    assertRefused("arrivalRate must be finite and >= 0, was -1.0", () -> Queueing.mm1(-1, 1));
    assertRefused("serviceRate must be finite and > 0, was 0.0", () -> Queueing.mm1(1, 0));
    assertRefused(
        "serviceRate must be finite and > 0, was NaN", () -> Queueing.mmc(1, Double.NaN, 1));
    assertRefused("servers must be >= 1, was 0", () -> Queueing.mmc(1, 1, 0));
    assertRefused("servers must be >= 1, was 0", () -> Queueing.mmcTimeInSystem(1, 1, 0, 0.5));
    assertRefused("servers must be >= 1, was 0", () -> Queueing.mmcWaitingTime(1, 1, 0, 0.5));
    assertRefused(
        "quantile must be in [0, 1), was 1.0", () -> Queueing.mmcTimeInSystem(1, 2, 1, 1));
    assertRefused(
        "quantile must be in [0, 1), was -0.5", () -> Queueing.mmcWaitingTime(1, 2, 1, -0.5));
    assertRefused(
        "arrivalRate must be finite and >= 0, was Infinity",
        () -> Queueing.mg1(Double.POSITIVE_INFINITY, 1, 1));
    assertRefused("meanServiceTime must be finite and > 0, was 0.0", () -> Queueing.mg1(1, 0, 1));
    assertRefused(
        "squaredVariation must be finite and >= 0, was -1.0", () -> Queueing.mg1(1, 1, -1));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
