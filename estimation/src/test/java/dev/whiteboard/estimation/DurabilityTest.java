package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurabilityTest {
  private static final TimeSpan DAY = TimeSpan.of(1, CalendarUnit.DAY);

  /**
   * Backblaze/erasure-coding-durability, README: 20 shards, 0.405 % failures a year, repair in 6.5 days. The losses are by
   * 40-digit arithmetic; the published ones of 16 + 4 and better are up to 0.3 % lower.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 19, 8.139103858e-82, 8.117e-82",
    "11, 9, 3.947224698e-35, 3.936e-35",
    "15, 5, 3.060176904e-19, 3.052e-19",
    "16, 4, 1.697192136e-15, 1.693e-15",
    "17, 3, 7.353799499e-12, 7.354e-12",
    "18, 2, 2.39918958e-8, 2.399e-8",
    "19, 1, 5.544535163e-5, 5.545e-5",
    "20, 0, 0.07780630856, 7.781e-2"
  })
  void lossOfErasureCode_backblaze_agrees(int data, int parity, double exact, double published) {
    TimeSpan repair = TimeSpan.of(6.5, CalendarUnit.DAY);
    double loss = Durability.lossOfErasureCode(data, parity, 0.00405, repair);
    assertEquals(exact, loss, 1e-9 * exact);
    assertEquals(published, loss, 3e-3 * published);
  }

  /** The same model by a separate program. */
  @ParameterizedTest
  @CsvSource({
    "2, 0.01, 1 day, 2.739650593e-7",
    "3, 0.01, 1 day, 7.505790242e-12",
    "3, 0.04, 6 h, 3.002316097e-11"
  })
  void lossOfCopies_commonSettings_agrees(int copies, double rate, String repair, double exact) {
    assertEquals(
        exact, Durability.lossOfCopies(copies, rate, TimeSpan.parse(repair)), 1e-9 * exact);
  }

  /** One disk that fails once a year on average outlives it with a probability of 1 / e, however fast it is replaced. */
  @Test
  void lossOfCopies_oneCopy_isThatOfTheDisk() {
    assertEquals(1 - 1 / Math.E, Durability.lossOfCopies(1, 1, DAY), 1e-14);
    assertEquals(
        1 - 1 / Math.E, Durability.lossOfCopies(1, 1, TimeSpan.of(1, CalendarUnit.YEAR)), 1e-15);
  }

  @Test
  void loss_extremes_areZeroOrOne() {
    assertEquals(0, Durability.lossOfCopies(3, 0, DAY));
    assertEquals(1, Durability.lossOfCopies(3, 1e300, DAY));
    assertEquals(0, Durability.lossOfErasureCode(1000, 1000, 0.01, DAY), "below the least double");
  }

  @Test
  void nines_ofALoss_hasNoEndAtSixteen() {
    assertEquals(11, Durability.nines(1e-11), 1e-14);
    assertEquals(81.0894, Durability.nines(8.139103858e-82), 1e-4);
    assertEquals(0, Durability.nines(1));
    assertEquals(Double.POSITIVE_INFINITY, Durability.nines(0));
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    assertRefused("copies must be >= 1, was 0", () -> Durability.lossOfCopies(0, 0.01, DAY));
    assertRefused(
        "annualFailureRate must be finite and >= 0, was -1.0",
        () -> Durability.lossOfCopies(3, -1, DAY));
    assertRefused(
        "repairTime must be > 0 and at most a year, was 0 days",
        () -> Durability.lossOfCopies(3, 0.01, TimeSpan.of(0, CalendarUnit.DAY)));
    assertRefused(
        "repairTime must be > 0 and at most a year, was 13 months",
        () -> Durability.lossOfErasureCode(3, 1, 0.01, TimeSpan.of(13, CalendarUnit.MONTH)));
    assertRefused(
        "dataShards must be >= 1, was 0", () -> Durability.lossOfErasureCode(0, 1, 0.01, DAY));
    assertRefused(
        "parityShards must be in [0, 2147483645], was -1",
        () -> Durability.lossOfErasureCode(2, -1, 0.01, DAY));
    assertRefused(
        "parityShards must be in [0, 0], was 1",
        () -> Durability.lossOfErasureCode(Integer.MAX_VALUE, 1, 0.01, DAY));
    assertRefused("loss must be in [0, 1], was NaN", () -> Durability.nines(Double.NaN));
    assertEquals(
        "repairTime",
        assertThrows(NullPointerException.class, () -> Durability.lossOfCopies(3, 0.01, null))
            .getMessage());
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
