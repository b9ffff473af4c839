package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The formulas against requests that are played through; 3 % is at least four standard errors, of which each test says one. */
class TailLatencySimulationTest {
  private final SplittableRandom random = new SplittableRandom(1);

  /** √(0.37 / 0.63 / 100,000) = 0.24 %. */
  @Test
  void fanOut_hundredServers_agrees() {
    int slow = 0;
    for (int i = 0; i < 100_000; i++) {
      slow += slowAnswers(100, 0.01) > 0 ? 1 : 0;
    }
    assertClose(TailLatency.slowShareOfFanOut(0.01, 100), slow / 1e5);
  }

  /** √(0.65 / 0.35 / 100,000) = 0.43 %. */
  @Test
  void first_sevenOfTen_agrees() {
    int slow = 0;
    for (int i = 0; i < 100_000; i++) {
      slow += 10 - slowAnswers(10, 0.3) < 7 ? 1 : 0;
    }
    assertClose(TailLatency.slowShareOfFirst(0.3, 7, 10), slow / 1e5);
  }

  private int slowAnswers(int servers, double slowShare) {
    int slow = 0;
    for (int i = 0; i < servers; i++) {
      slow += random.nextDouble() < slowShare ? 1 : 0;
    }
    return slow;
  }

  /** √(0.95 / 0.05 / 1,000,000) = 0.44 % of those slower than the 95th percentile; 0.13 % of those sent twice. */
  @Test
  void hedged_exponentialTimes_agrees() {
    DoubleUnaryOperator unanswered = t -> Math.exp(-t);
    double percentile95 = TailLatency.timeExceededBy(TailLatency.hedged(unanswered, 1), 0.05);
    int slower = 0;
    int sentTwice = 0;
    for (int i = 0; i < 1_000_000; i++) {
      double first = -Math.log(1 - random.nextDouble());
      double time = first > 1 ? Math.min(first, 1 - Math.log(1 - random.nextDouble())) : first;
      slower += time > percentile95 ? 1 : 0;
      sentTwice += first > 1 ? 1 : 0;
    }
    assertClose(0.05, slower / 1e6);
    assertClose(unanswered.applyAsDouble(1), sentTwice / 1e6);
  }

  private static void assertClose(double formula, double played) {
    assertEquals(formula, played, 0.03 * formula);
  }
}
