package dev.whiteboard.benchmarks.claims;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ClaimsTest {
  /** Each claim is a test: what its theory predicts is measured. Seeds are fixed, so the outcome is too. */
  @TestFactory
  Stream<DynamicTest> holds() {
    return Claims.all().stream()
        .map(claim -> DynamicTest.dynamicTest(
            claim.id() + " " + claim.statement(),
            () -> assertAll(claim.run().checks().stream()
                .map(check -> () -> assertTrue(check.holds(), check.toString())))));
  }

  @Test
  void all_haveIdsOfTheirOwn() {
    List<String> ids = Claims.all().stream().map(Claim::id).toList();
    assertEquals(ids.stream().distinct().toList(), ids);
  }

  @Test
  void run_withAnotherNumber_changesTheoryAndMeasurement() {
    Claim claim = claim("P04");
    Claim.Result usual = claim.run();
    Claim.Result fewer = claim.run(Map.of("virtualNodes", "50"));
    assertTrue(fewer.holds());
    assertNotEquals(usual.expected(), fewer.expected());
    assertNotEquals(usual.measured(), fewer.measured());
  }

  @Test
  void run_badNumber_namesParameterRangeAndValue() {
    Claim claim = claim("P04");
    assertRefused("virtualNodes must be a whole number in [1, 2,000], was 0", claim, "0");
    assertRefused("virtualNodes must be a whole number in [1, 2,000], was 2.5", claim, "2.5");
    assertRefused("virtualNodes must be a whole number in [1, 2,000], was NaN", claim, "NaN");
    assertRefused("virtualNodes must be a number, was many", claim, "many");
  }

  @Test
  void holds_measurementOutsideTheTolerance_isFalse() {
    assertTrue(new Check("share", 0.5, 0.51, 0.011).holds());
    assertFalse(new Check("share", 0.5, 0.52, 0.011).holds());
    assertFalse(new Check("share", 0.5, Double.NaN, 0.011).holds());
  }

  private static Claim claim(String id) {
    return Claims.all().stream()
        .filter(claim -> claim.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static void assertRefused(String message, Claim claim, String value) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> claim.run(Map.of("virtualNodes", value)))
            .getMessage());
  }
}
