package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * The formulas against queues that are played through. The tolerance of 3 % is at least four standard errors, as measured over
 * 40 seeds, so that a wrong alarm for a new seed has a probability below 1 in 10,000.
 */
class QueueingSimulationTest {
  record Played(double waitShare, double meanWait, double meanTime, double slowShare) {}

  @Test
  void mm1_halfBusy_agrees() {
    Played played = play(1_000_000, 1, 0.5, random -> exponential(random), 3, 1);
    SteadyState line = Queueing.mm1(0.5, 1);
    assertClose(line.waitProbability(), played.waitShare());
    assertClose(line.waitingTime(), played.meanWait());
    assertClose(line.timeInSystem(), played.meanTime());
  }

  @Test
  void mmc_threeServersHalfBusy_agrees() {
    double percentile95 = Queueing.mmcTimeInSystem(1.5, 1, 3, 0.95);
    Played played = play(2_000_000, 3, 1.5, random -> exponential(random), percentile95, 2);
    SteadyState line = Queueing.mmc(1.5, 1, 3);
    assertClose(line.waitProbability(), played.waitShare());
    assertClose(line.waitingTime(), played.meanWait());
    assertClose(line.timeInSystem(), played.meanTime());
    assertClose(0.05, played.slowShare());
  }

  @Test
  void mg1_constantServiceTime_agrees() {
    Played played = play(1_000_000, 1, 0.6, random -> 1, 3, 3);
    assertClose(0.6, played.waitShare());
    assertClose(Queueing.mg1(0.6, 1, 0).waitingTime(), played.meanWait());
  }

  /** One request in ten takes 5.5 times the mean, the others half of it: C² = 0.1 · 30.25 + 0.9 · 0.25 − 1 = 2.25. */
  @Test
  void mg1_aFewSlowRequests_agrees() {
    Played played = play(1_000_000, 1, 0.5, random -> random.nextInt(10) == 0 ? 5.5 : 0.5, 3, 4);
    assertClose(Queueing.mg1(0.5, 1, 2.25).waitingTime(), played.meanWait());
    assertClose(Queueing.mg1(0.5, 1, 2.25).timeInSystem(), played.meanTime());
  }

  private static void assertClose(double formula, double played) {
    assertEquals(formula, played, 0.03 * formula);
  }

  static double exponential(SplittableRandom random) {
    return -Math.log(1 - random.nextDouble());
  }

  /** Serves in order of arrival, each request on the server that is free first. */
  static Played play(
      int requests,
      int servers,
      double arrivalRate,
      ToDoubleFunction<SplittableRandom> service,
      double slow,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] freeAt = new double[servers];
    double now = 0;
    double waits = 0;
    double waited = 0;
    double stayed = 0;
    double slowOnes = 0;
    for (int i = 0; i < requests; i++) {
      now += exponential(random) / arrivalRate;
      int first = 0;
      for (int s = 1; s < servers; s++) {
        first = freeAt[s] < freeAt[first] ? s : first;
      }
      double wait = Math.max(0, freeAt[first] - now);
      double time = wait + service.applyAsDouble(random);
      freeAt[first] = now + time;
      waits += wait > 0 ? 1 : 0;
      waited += wait;
      stayed += time;
      slowOnes += time > slow ? 1 : 0;
    }
    return new Played(waits / requests, waited / requests, stayed / requests, slowOnes / requests);
  }
}
