package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0",
    "500M, 500000000, 500M, 500M",
    "1.2k, 1200, 1.2k, 1.2k",
    "3 billion, 3000000000, 3bn, 3bn",
    "2 trillion, 2e12, 2tn, 2tn",
    "20%, 0.2, 0.2, 0.2",
    "86400, 86400, 86.4k, 86.4k",
    "19290.12, 19290.12, 19.29012k, 19.3k",
    "999999, 999999, 999.999k, 1M",
    "1e18, 1e18, 1000000tn, 1000000tn"
  })
  void parse_number_isReadAndWritten(String text, double value, String exact, String rounded) {
    Count count = Count.parse(text);
    assertEquals(value, count.value());
    assertEquals(exact, count.toString());
    assertEquals(rounded, count.format());
  }

  @Test
  void parse_otherText_saysWhatWasExpectedWhere() {
    assertRefused(
        "cannot read \"5 KB\" as a count: expected nothing, k, M, bn, tn or % at index 2",
        () -> Count.parse("5 KB"));
    assertRefused(
        "cannot read \"5 k 3\" as a count: expected the end at index 4",
        () -> Count.parse("5 k 3"));
    assertRefused(
        "cannot read \"many\" as a count: expected a number >= 0 at index 0",
        () -> Count.parse("many"));
  }

  @Test
  void constructor_notFiniteOrNegative_isRefused() {
    assertRefused("value must be finite and >= 0, was NaN", () -> Count.of(Double.NaN));
    assertRefused("value must be finite and >= 0, was -1.0", () -> Count.of(-1));
    assertRefused(
        "value must be finite and >= 0, was Infinity", () -> Count.of(1e308).plus(Count.of(1e308)));
    assertRefused("factor must be finite and >= 0, was NaN", () -> Count.of(1).times(Double.NaN));
  }

  @Test
  void valueExact_fractionOrOverflow_throwsInsteadOfWrapping() {
    assertEquals(500_000_000L, Count.parse("500M").valueExact());
    assertThrows(ArithmeticException.class, () -> Count.parse("20%").valueExact());
    assertThrows(ArithmeticException.class, () -> Count.of(0x1p63).valueExact());
  }

  @Test
  void arithmetic_smallNumbers_isWhatOneExpects() {
    assertEquals(Count.of(7), Count.of(3).plus(Count.of(4)));
    assertEquals(Count.of(7.5), Count.of(3).times(2.5));
    assertEquals(Rate.parse("3/day"), Count.of(3).per(CalendarUnit.DAY));
    assertTrue(Count.of(3).compareTo(Count.of(4)) < 0);
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
