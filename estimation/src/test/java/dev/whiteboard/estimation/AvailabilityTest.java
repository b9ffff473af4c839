package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvailabilityTest {
  /** The System Design Primer: two of 99.9 % are 99.8 % in series and 99.9999 % in parallel. */
  @Test
  void seriesAndParallel_twoOfThreeNines_agreeWithThePrimer() {
    assertEquals(0.998001, Availability.series(0.999, 0.999), 1e-15);
    assertEquals(0.999999, Availability.parallel(0.999, 0.999), 1e-15);
    assertEquals(0.5 * 0.9 * 0.8, Availability.series(0.5, 0.9, 0.8), 1e-15);
    assertEquals(0.99, Availability.parallel(0.5, 0.9, 0.8), 1e-15);
  }

  @Test
  void noParts_lackNothingInSeriesAndEverythingInParallel() {
    assertEquals(1, Availability.series());
    assertEquals(0, Availability.parallel());
  }

  /** Sums of binomial terms by a separate program. */
  @ParameterizedTest
  @CsvSource({
    "2, 3, 0.99, 0.999702",
    "2, 3, 0.999, 0.999997002",
    "3, 5, 0.99, 0.9999901494",
    "3, 5, 0.999, 0.999999990014994",
    "4, 6, 0.99, 0.99998044641",
    "1, 3, 0.9, 0.999",
    "7, 10, 0.95, 0.99897150206210937",
    "3, 3, 0.1, 0.001",
    "0, 3, 0, 1",
    "1, 3, 0, 0",
    "3, 3, 1, 1"
  })
  void kOfN_quorums_agree(int needed, int parts, double availability, double expected) {
    assertEquals(expected, Availability.kOfN(needed, parts, availability), 1e-15);
  }

  @Test
  void nines_roundNumbers_areCounted() {
    assertEquals(3, Availability.nines(0.999), 1e-12);
    assertEquals(3.30103, Availability.nines(0.9995), 1e-6);
    assertEquals(0, Availability.nines(0));
    assertEquals(Double.POSITIVE_INFINITY, Availability.nines(1));
    assertEquals(0.9999, Availability.ofNines(4), 1e-16);
    assertEquals(0, Availability.ofNines(0));
    assertEquals(1, Availability.ofNines(Double.POSITIVE_INFINITY));
  }

  /** Google, Site Reliability Engineering, appendix A: years of 365 days, quarters of 90, months of 30. */
  @ParameterizedTest
  @CsvSource({
    "0.9, 1 year, 3153600",
    "0.95, 90 days, 388800",
    "0.99, 1 month, 25920",
    "0.995, 1 week, 3024",
    "0.999, 1 year, 31536",
    "0.999, 1 month, 2592",
    "0.9995, 1 day, 43.2",
    "0.9999, 1 year, 3153.6",
    "0.99999, 1 h, 0.036"
  })
  void downtime_sreBook_agrees(double availability, String period, double seconds) {
    TimeSpan down = Availability.downtime(availability, TimeSpan.parse(period));
    assertEquals(seconds, down.in(CalendarUnit.SECOND), 1e-11 * seconds);
  }

  /** The System Design Primer's 8 h 45 min 57 s and 52 min 35.7 s are of a year of 365.2425 days. */
  @Test
  void downtime_anotherCalendar_isStatedInDays() {
    TimeSpan gregorianYear = TimeSpan.of(365.2425, CalendarUnit.DAY);
    TimeSpan down = Availability.downtime(0.999, gregorianYear);
    assertEquals(CalendarUnit.DAY, down.unit());
    assertEquals(31_557, down.in(CalendarUnit.SECOND), 0.5);
    assertEquals(
        3155.7, Availability.downtime(0.9999, gregorianYear).in(CalendarUnit.SECOND), 0.05);
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    TimeSpan year = TimeSpan.of(1, CalendarUnit.YEAR);
    assertRefused(
        "availability must be in [0, 1], was 1.5", () -> Availability.series(0.9, 1.5, 0.9));
    assertRefused("availability must be in [0, 1], was -0.1", () -> Availability.parallel(-0.1));
    assertRefused("parts must be >= 1, was 0", () -> Availability.kOfN(0, 0, 0.5));
    assertRefused("needed must be in [0, 3], was 4", () -> Availability.kOfN(4, 3, 0.5));
    assertRefused("needed must be in [0, 3], was -1", () -> Availability.kOfN(-1, 3, 0.5));
    assertRefused(
        "availability must be in [0, 1], was NaN", () -> Availability.kOfN(1, 3, Double.NaN));
    assertRefused("availability must be in [0, 1], was 2.0", () -> Availability.nines(2));
    assertRefused("nines must be >= 0, was -1.0", () -> Availability.ofNines(-1));
    assertRefused("nines must be >= 0, was NaN", () -> Availability.ofNines(Double.NaN));
    assertRefused(
        "availability must be in [0, 1], was 99.9", () -> Availability.downtime(99.9, year));
    assertNull("period", () -> Availability.downtime(0.9, null));
    assertNull("availabilities", () -> Availability.series((double[]) null));
    assertNull("availabilities", () -> Availability.parallel((double[]) null));
  }

  private static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
