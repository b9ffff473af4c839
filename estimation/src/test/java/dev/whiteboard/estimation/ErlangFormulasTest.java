package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErlangFormulasTest {
  /** To 17 digits by 40-digit arithmetic (mpmath); each agrees with R queueing 0.2.12, most with erlanglib's tests. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.5, 0.33333333333333333",
    "1, 5, 0.83333333333333333",
    "5, 2, 0.036697247706422018",
    "10, 5, 0.018384570336648133",
    "10, 20, 0.53796316863207291",
    "55, 48, 0.03837428068783593",
    "190, 200, 0.088696843869235615",
    "200, 5, 5.3166713795467384e-238",
    "1000, 500, 1.6524151277513418e-86",
    "1000, 990, 0.018965776430814612",
    "5000, 10000, 0.50009992012770011",
    "10000, 9800, 0.00053713040210626948",
    "1000000, 990000, 5.4995431265267092e-26",
    "1000000, 1000000, 0.00079746030685556101"
  })
  void blockingProbability_fortyDigits_agrees(int servers, double offered, double expected) {
    assertEquals(expected, ErlangFormulas.blockingProbability(servers, offered), 1e-13 * expected);
  }

  /** As above. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.5, 0.5",
    "2, 1, 0.33333333333333333",
    "3, 2, 0.44444444444444444",
    "10, 5, 0.036105359158320186",
    "11, 10, 0.68211820468933237",
    "14, 10, 0.17413193359504984",
    "35, 24, 0.023521116861458609",
    "200, 5, 5.4529962867146035e-238",
    "1000, 990, 0.65908042188085444",
    "10000, 9800, 0.02616779959022297"
  })
  void waitProbability_fortyDigits_agrees(int servers, double offered, double expected) {
    assertEquals(expected, ErlangFormulas.waitProbability(servers, offered), 1e-13 * expected);
  }

  /** erlanglib's tests. */
  @Test
  void serversForBlocking_onePercent_agreesWithErlanglib() {
    assertEquals(11, ErlangFormulas.serversForBlocking(5, 0.01));
    assertEquals(18, ErlangFormulas.serversForBlocking(10, 0.01));
    assertEquals(736, ErlangFormulas.serversForBlocking(708, 0.01));
  }

  /** C(13, 10) is 0.285, C(14, 10) is 0.174; the mean waits are 0.095 and 0.044 service times. */
  @Test
  void serversForWait_tenErlangs_isByTheTable() {
    assertEquals(14, ErlangFormulas.serversForWaitProbability(10, 0.2));
    assertEquals(13, ErlangFormulas.serversForWaitProbability(10, 0.3));
    assertEquals(14, ErlangFormulas.serversForMeanWait(10, 0.05));
    assertEquals(13, ErlangFormulas.serversForMeanWait(10, 0.1));
  }

  @Test
  void noLoad_needsOneServerThatIsNeverBusy() {
    assertEquals(0, ErlangFormulas.blockingProbability(1, 0));
    assertEquals(0, ErlangFormulas.waitProbability(1, 0));
    assertEquals(1, ErlangFormulas.serversForBlocking(0, 1e-9));
    assertEquals(1, ErlangFormulas.serversForWaitProbability(0, 1e-9));
    assertEquals(1, ErlangFormulas.serversForMeanWait(0, 1e-9));
  }

  @Test
  void overload_waitsForCertainAndIsStillPartlyServed() {
    assertEquals(1, ErlangFormulas.waitProbability(10, 10));
    assertEquals(1, ErlangFormulas.waitProbability(10, 1e300));
    assertEquals(1, ErlangFormulas.blockingProbability(10, 1e300));
    assertEquals(0.5, ErlangFormulas.blockingProbability(1_000_000_000, 2e9), 1e-8);
  }

  @Test
  void anythingGoes_stillLeavesOneMoreServerThanTheQueueNeeds() {
    assertEquals(1, ErlangFormulas.serversForBlocking(10, 1));
    assertEquals(11, ErlangFormulas.serversForWaitProbability(10, 1));
    assertEquals(11, ErlangFormulas.serversForMeanWait(10.5, Double.MAX_VALUE));
  }

  @Test
  void smallestAndLargestNumbers_neverYieldNaN() {
    assertEquals(0, ErlangFormulas.blockingProbability(Integer.MAX_VALUE, Double.MIN_VALUE));
    assertEquals(0, ErlangFormulas.waitProbability(1, Double.MIN_VALUE));
    assertEquals(1.78e-5, ErlangFormulas.blockingProbability(2_000_000_000, 2e9), 1e-7);
    assertEquals(1_000_098_516, ErlangFormulas.serversForWaitProbability(1e9, 0.001));
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    assertRefused("servers must be >= 1, was 0", () -> ErlangFormulas.blockingProbability(0, 1));
    assertRefused("servers must be >= 1, was -1", () -> ErlangFormulas.waitProbability(-1, 1));
    assertRefused(
        "offeredErlangs must be finite and >= 0, was NaN",
        () -> ErlangFormulas.blockingProbability(1, Double.NaN));
    assertRefused(
        "offeredErlangs must be finite and >= 0, was Infinity",
        () -> ErlangFormulas.waitProbability(1, Double.POSITIVE_INFINITY));
    assertRefused(
        "offeredErlangs must be in [0, 1e9], was -1.0",
        () -> ErlangFormulas.serversForBlocking(-1, 0.1));
    assertRefused(
        "offeredErlangs must be in [0, 1e9], was 1.1E9",
        () -> ErlangFormulas.serversForWaitProbability(1.1e9, 0.1));
    assertRefused(
        "offeredErlangs must be in [0, 1e9], was NaN",
        () -> ErlangFormulas.serversForMeanWait(Double.NaN, 0.1));
    assertRefused(
        "blockingProbability must be in (0, 1], was 0.0",
        () -> ErlangFormulas.serversForBlocking(1, 0));
    assertRefused(
        "waitProbability must be in (0, 1], was 1.5",
        () -> ErlangFormulas.serversForWaitProbability(1, 1.5));
    assertRefused(
        "meanWait must be finite and > 0, was 0.0", () -> ErlangFormulas.serversForMeanWait(1, 0));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
