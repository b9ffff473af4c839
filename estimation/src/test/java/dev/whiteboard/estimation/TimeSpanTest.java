package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeSpanTest {
  @ParameterizedTest
  @CsvSource({
    "5 years, 5, YEAR, 5 years",
    "1 year, 1, YEAR, 1 year",
    "36 months, 36, MONTH, 36 months",
    "3650 days, 3650, DAY, 3650 days",
    "2.5 h, 2.5, HOUR, 2.5 hours",
    "90s, 90, SECOND, 90 seconds",
    "2 weeks, 2, WEEK, 2 weeks",
    "1 min, 1, MINUTE, 1 minute"
  })
  void parse_span_keepsItsUnit(String text, double amount, CalendarUnit unit, String written) {
    assertEquals(new TimeSpan(amount, unit), TimeSpan.parse(text));
    assertEquals(written, TimeSpan.parse(text).toString());
  }

  @Test
  void parse_otherText_saysWhatWasExpectedWhere() {
    assertEquals(
        "cannot read \"5 KB\" as a time span: expected us, ms, s, min, h, day, week, month or year at index 2",
        assertThrows(IllegalArgumentException.class, () -> TimeSpan.parse("5 KB"))
            .getMessage());
  }

  @Test
  void in_yearOf12Months_isNotAYearOf365Days() {
    assertEquals(60, TimeSpan.parse("5 years").in(CalendarUnit.MONTH));
    assertEquals(1825, TimeSpan.parse("5 years").in(CalendarUnit.DAY));
    assertEquals(1800, TimeSpan.parse("60 months").in(CalendarUnit.DAY));
    assertEquals(5, TimeSpan.parse("60 months").in(CalendarUnit.YEAR));
    assertNotEquals(TimeSpan.parse("5 years"), TimeSpan.parse("60 months"));
    assertEquals(86_400, TimeSpan.parse("1 day").in(CalendarUnit.SECOND));
  }

  @Test
  void constructor_notFiniteOrNegative_isRefused() {
    assertEquals(
        "amount must be finite and >= 0, was Infinity",
        assertThrows(
                IllegalArgumentException.class,
                () -> TimeSpan.of(Double.POSITIVE_INFINITY, CalendarUnit.DAY))
            .getMessage());
    assertEquals(
        "unit",
        assertThrows(NullPointerException.class, () -> TimeSpan.of(1, null)).getMessage());
  }

  @Test
  void amountExact_fraction_throws() {
    assertEquals(36, TimeSpan.parse("36 months").amountExact());
    assertThrows(ArithmeticException.class, () -> TimeSpan.parse("2.5 h").amountExact());
  }

  @Test
  void format_longNumber_isRounded() {
    assertEquals("3.33 days", TimeSpan.of(10 / 3.0, CalendarUnit.DAY).format());
  }
}
