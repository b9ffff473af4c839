package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailLatencyTest {
  /** Dean and Barroso, The Tail at Scale: 63 % for 1 % and 100 servers, almost 1 in 5 for 1 in 10,000 and 2,000. */
  @ParameterizedTest
  @CsvSource({
    "0.01, 1, 0.01",
    "0.01, 10, 0.0956179249912",
    "0.01, 50, 0.394993932862",
    "0.01, 100, 0.633967658727",
    "0.0001, 2000, 0.181277434734",
    "1e-18, 1000, 1e-15",
    "0, 5, 0",
    "1, 5, 1"
  })
  void slowShareOfFanOut_publishedFigures_agree(double slowShare, int fanOut, double expected) {
    assertEquals(expected, TailLatency.slowShareOfFanOut(slowShare, fanOut), 1e-11 * expected);
    assertEquals(slowShare, TailLatency.slowShareOfServer(expected, fanOut), 1e-10 * slowShare);
  }

  /** The leaf's percentile that keeps a fan-out's 99th is 0.99^(1/n). */
  @ParameterizedTest
  @CsvSource({"10, 0.998995471292", "100, 0.999899501692", "1000, 0.999989949715"})
  void slowShareOfServer_onePercentSlow_isTheRootOfThePercentile(int fanOut, double quantile) {
    assertEquals(quantile, 1 - TailLatency.slowShareOfServer(0.01, fanOut), 1e-12);
  }

  /** Two of three, one in ten slow: 3 · 0.01 · 0.9 + 0.001. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 2, 3, 0.028",
    "0.1, 3, 3, 0.271",
    "0.1, 1, 3, 0.001",
    "1e-9, 2, 3, 2.999999998e-18",
    "0, 1, 5, 0",
    "1, 5, 5, 1"
  })
  void slowShareOfFirst_quorum_isByHand(double slow, int needed, int asked, double expected) {
    assertEquals(expected, TailLatency.slowShareOfFirst(slow, needed, asked), 1e-13 * expected);
  }

  /** Exponential times of mean 1, asked again after 1: unanswered after t is e^−t, then e^(1 − 2 t). */
  @Test
  void hedged_exponentialTimes_isByHand() {
    DoubleUnaryOperator unanswered = TailLatency.hedged(t -> Math.exp(-t), 1);
    assertEquals(1, unanswered.applyAsDouble(0));
    assertEquals(Math.exp(-0.5), unanswered.applyAsDouble(0.5));
    assertEquals(Math.exp(-1), unanswered.applyAsDouble(1), 1e-16);
    assertEquals(Math.exp(-3), unanswered.applyAsDouble(2), 1e-16);
    assertEquals((1 + Math.log(100)) / 2, TailLatency.timeExceededBy(unanswered, 0.01), 1e-14);
    assertEquals(Math.exp(-4), TailLatency.hedged(t -> Math.exp(-t), 0).applyAsDouble(2), 1e-17);
  }

  @Test
  void timeExceededBy_edges_areStated() {
    assertEquals(0, TailLatency.timeExceededBy(t -> Math.exp(-t), 1));
    assertEquals(Double.POSITIVE_INFINITY, TailLatency.timeExceededBy(t -> 0.02, 0.01));
    assertEquals(5, TailLatency.timeExceededBy(t -> t < 5 ? 1 : 0, 0.5));
    assertEquals(1e-300, TailLatency.timeExceededBy(t -> t < 1e-300 ? 1 : 0, 0));
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    assertRefused(
        "slowShare must be in [0, 1], was 1.5", () -> TailLatency.slowShareOfFanOut(1.5, 1));
    assertRefused(
        "slowShare must be in [0, 1], was NaN", () -> TailLatency.slowShareOfFanOut(Double.NaN, 1));
    assertRefused("fanOut must be >= 1, was 0", () -> TailLatency.slowShareOfFanOut(0.5, 0));
    assertRefused(
        "slowShareOfFanOut must be in [0, 1], was -0.1",
        () -> TailLatency.slowShareOfServer(-0.1, 1));
    assertRefused("fanOut must be >= 1, was -1", () -> TailLatency.slowShareOfServer(0.5, -1));
    assertRefused(
        "slowShare must be in [0, 1], was 2.0", () -> TailLatency.slowShareOfFirst(2, 1, 1));
    assertRefused("asked must be >= 1, was 0", () -> TailLatency.slowShareOfFirst(0.5, 0, 0));
    assertRefused("needed must be in [1, 3], was 0", () -> TailLatency.slowShareOfFirst(0.5, 0, 3));
    assertRefused("needed must be in [1, 3], was 4", () -> TailLatency.slowShareOfFirst(0.5, 4, 3));
    assertRefused("delay must be finite and >= 0, was -1.0", () -> TailLatency.hedged(t -> 1, -1));
    assertRefused(
        "time must be finite and >= 0, was NaN",
        () -> assertEquals(1, TailLatency.hedged(t -> 1, 1).applyAsDouble(Double.NaN)));
    assertRefused(
        "slowShareAfter must be in [0, 1], was 1.5",
        () -> assertEquals(1, TailLatency.hedged(t -> 1.5, 1).applyAsDouble(0)));
    assertRefused(
        "slowShareAfter must be in [0, 1], was -1.0",
        () -> TailLatency.timeExceededBy(t -> -1, 0.5));
    assertRefused(
        "slowShare must be in [0, 1], was -0.5", () -> TailLatency.timeExceededBy(t -> 1, -0.5));
    assertNull(() -> TailLatency.hedged(null, 1));
    assertNull(() -> TailLatency.timeExceededBy(null, 0.5));
  }

  private static void assertNull(Executable call) {
    assertEquals(
        "slowShareAfter", assertThrows(NullPointerException.class, call).getMessage());
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
