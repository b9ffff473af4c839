package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {
  @ParameterizedTest
  @CsvSource({
    "50M/day, 5e7, DAY, 50M/day",
    "500M / months, 5e8, MONTH, 500M/month",
    "10/s, 10, SECOND, 10/s",
    "2.5k/minute, 2500, MINUTE, 2.5k/min",
    "0/y, 0, YEAR, 0/year",
    "3 million/hr, 3e6, HOUR, 3M/h",
    "1/wk, 1, WEEK, 1/week"
  })
  void parse_rate_keepsItsPeriod(String text, double count, CalendarUnit period, String written) {
    assertEquals(new Rate(count, period), Rate.parse(text));
    assertEquals(written, Rate.parse(text).toString());
  }

  @Test
  void parse_otherText_saysWhatWasExpectedWhere() {
    assertRefused(
        "cannot read \"50M\" as a rate: expected / and a period at index 3",
        () -> Rate.parse("50M"));
    assertRefused(
        "cannot read \"50M/fortnight\" as a rate: expected s, min, h, day, week, month or year at index 4",
        () -> Rate.parse("50M/fortnight"));
    assertRefused(
        "cannot read \"5 KB/s\" as a rate: expected nothing, k, M, bn, tn or % at index 2",
        () -> Rate.parse("5 KB/s"));
  }

  /** The first two are published exercises; day and year go through days, month and year by 12. */
  @ParameterizedTest
  @CsvSource({
    "500M/month, 5 years, 3e10",
    "100M/day, 10 years, 3.65e11",
    "100M/day, 3650 days, 3.65e11",
    "10M/month, 36 months, 3.6e8",
    "500M/month, 10 days, 166666666.66666666",
    "12/year, 1 month, 1",
    "10/s, 1 day, 864000",
    "10/s, 1 month, 25920000",
    "7/week, 1 year, 365"
  })
  void over_span_convertsDirectlyBetweenTheTwoUnits(String rate, String span, double events) {
    assertEquals(events, Rate.parse(rate).over(TimeSpan.parse(span)).value(), 1e-12 * events);
  }

  @Test
  void per_otherPeriod_isTheSameRate() {
    assertEquals(Rate.parse("1/s"), Rate.parse("86400/day").per(CalendarUnit.SECOND));
    assertEquals(Rate.parse("12/year"), Rate.parse("1/month").per(CalendarUnit.YEAR));
    assertEquals(Rate.parse("30/month"), Rate.parse("1/day").per(CalendarUnit.MONTH));
  }

  @Test
  void constructor_notFiniteOrNegative_isRefused() {
    assertRefused("count must be finite and >= 0, was -1.0", () -> Rate.of(-1, CalendarUnit.DAY));
    assertRefused(
        "factor must be finite and >= 0, was -1.0", () -> Rate.parse("1/s").times(-1));
    assertRefused(
        "value must be finite and >= 0, was Infinity",
        () -> Rate.parse("1e308/s").over(TimeSpan.parse("1 day")));
    assertEquals(
        "period",
        assertThrows(NullPointerException.class, () -> Rate.of(1, null)).getMessage());
  }

  @Test
  void countExact_fraction_throws() {
    assertEquals(20, Rate.parse("10/s").times(2).countExact());
    assertThrows(ArithmeticException.class, () -> Rate.parse("0.5/s").countExact());
  }

  @Test
  void format_longNumber_isRounded() {
    assertEquals("19.3k/s", Rate.of(19290.12, CalendarUnit.SECOND).format());
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
