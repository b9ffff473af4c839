package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
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
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
