package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
  @ParameterizedTest
  @CsvSource({
    "$1.2k, 1200, USD",
    "0.02 USD, 0.02, USD",
    "USD 5, 5, USD",
    "USD5, 5, USD",
    "€3, 3, EUR",
    "3 €, 3, EUR",
    "15M EUR, 15000000, EUR",
    "£2 million, 2000000, GBP",
    "¥1e3, 1000, JPY",
    "1.1k CHF, 1100, CHF",
    "2bn$, 2000000000, USD",
    "  $ 7  , 7, USD",
    "0 SEK, 0, SEK",
    "$1e30, 1e30, USD"
  })
  void parse_currencyBeforeOrAfter_isRead(String text, double amount, String currency) {
    assertEquals(new Money(amount, currency), Money.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "'', a number >= 0 or a currency such as USD or $ at index 0",
    "'$', a number >= 0 at index 1",
    "'$-1', a number >= 0 at index 1",
    "'-1 USD', a number >= 0 or a currency such as USD or $ at index 0",
    "'usd 5', a number >= 0 or a currency such as USD or $ at index 0",
    "'NaN USD', a number >= 0 or a currency such as USD or $ at index 0",
    "'5', a currency such as USD or $ at index 1",
    "'5 k', a currency such as USD or $ at index 3",
    "'5 KB', a currency such as USD or $ at index 2",
    "'5 QQQ', a currency such as USD or $ at index 2",
    "'5 MUSD', a currency such as USD or $ at index 2",
    "'20% USD', a currency such as USD or $ at index 2",
    "'1,000 USD', a currency such as USD or $ at index 1",
    "'$5 USD', the end at index 3",
    "'$5%', the end at index 2",
    "'5 USD/month', the end at index 5"
  })
  void parse_otherText_saysWhatWasExpectedWhere(String text, String expected) {
    assertRefused(
        "cannot read \"" + text + "\" as money: expected " + expected, () -> Money.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"0.02 USD/month", "$0.02/month", "0.02 $ / month", "USD 0.02/month"})
  void read_moreText_isLeftToTheReader(String text) {
    QuantityReader reader = new QuantityReader(text, "a price");
    assertEquals(Money.of(0.02, "USD"), Money.read(reader));
    reader.slash();
    assertEquals(CalendarUnit.MONTH, reader.unit(CalendarUnit.SPELLINGS, CalendarUnit.EXPECTED));
    reader.end();
  }

  @Test
  void constructor_notFiniteOrNegative_isRefused() {
    assertRefused("amount must be finite and >= 0, was NaN", () -> Money.of(Double.NaN, "USD"));
    assertRefused("amount must be finite and >= 0, was -1.0", () -> Money.of(-1, "USD"));
    assertRefused("amount must be finite and >= 0, was Infinity", () -> Money.parse("$1e400"));
    assertRefused(
        "amount must be finite and >= 0, was Infinity", () -> usd(1e308).plus(usd(1e308)));
    assertRefused(
        "amount must be finite and >= 0, was Infinity", () -> usd(1e308).times(10));
    assertRefused(
        "amount must be finite and >= 0, was Infinity", () -> usd(1e308).dividedBy(0.1));
    assertRefused("factor must be finite and >= 0, was -2.0", () -> usd(1).times(-2));
    assertRefused("divisor must be finite and > 0, was 0.0", () -> usd(1).dividedBy(0));
  }

  @ParameterizedTest
  @CsvSource({"usd", "US", "$", "QQQ", "''"})
  void constructor_unknownCurrency_isRefused(String currency) {
    assertRefused(
        "currency must be an ISO 4217 code such as USD, was " + currency,
        () -> Money.of(1, currency));
  }

  @Test
  void nullArgument_isNamed() {
    assertNull("currency", () -> Money.of(1, null));
    assertNull("text", () -> Money.parse(null));
    assertNull("other", () -> usd(1).plus(null));
  }

  @Test
  void constructor_minusZero_isZero() {
    assertEquals(usd(0), usd(-0.0));
  }

  @Test
  void arithmetic_smallNumbers_isWhatOneExpects() {
    assertEquals(usd(7), usd(3).plus(usd(4)));
    assertEquals(usd(7.5), usd(3).times(2.5));
    assertEquals(usd(1.5), usd(3).dividedBy(2));
  }

  @Test
  void plus_anotherCurrency_isRefused() {
    assertRefused(
        "other must be in USD, was in EUR", () -> Money.parse("$1").plus(Money.parse("€1")));
  }

  /** ISO 4217: a dollar has 100 cents, a yen is not divided, a Kuwaiti dinar has 1,000 fils. */
  @ParameterizedTest
  @CsvSource({
    "$0, 0",
    "$1.25, 125",
    "$0.07, 7",
    "€15M, 1500000000",
    "¥5, 5",
    "1.234 KWD, 1234",
    "$70368744177663.99, 7036874417766399"
  })
  void minorUnitsExact_wholeBelow2To63_isGiven(String text, long units) {
    assertEquals(units, Money.parse(text).minorUnitsExact());
  }

  @ParameterizedTest
  @CsvSource({"$0.005", "$0.0213", "¥0.5", "$1e17", "$1e30", "$1e-300", "1 XAU"})
  void minorUnitsExact_fractionOrOverflow_throwsInsteadOfWrapping(String text) {
    assertThrows(ArithmeticException.class, () -> Money.parse(text).minorUnitsExact());
  }

  @Test
  void minorUnitsExact_gold_hasNone() {
    assertEquals(
        "XAU has no smallest unit",
        assertThrows(ArithmeticException.class, () -> Money.of(1, "XAU").minorUnitsExact())
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "0, USD, $0, $0",
    "1.25, USD, $1.25, $1.25",
    "1234567, USD, $1.234567M, $1.23M",
    "0.0213, USD, $0.0213, $0.0213",
    "0.021349, EUR, €0.021349, €0.0213",
    "12.34, CHF, 12.34 CHF, 12.3 CHF",
    "15e6, CHF, 15M CHF, 15M CHF",
    "999999, GBP, £999.999k, £1M",
    "2e9, JPY, ¥2bn, ¥2bn",
    "1e30, USD, $1E+18tn, $1E+18tn",
    "4.9e-324, USD, $5E-324, $4.94E-324"
  })
  void toStringAndFormat_anyAmount_haveTheCurrency(
      double amount, String currency, String exact, String rounded) {
    assertEquals(exact, Money.of(amount, currency).toString());
    assertEquals(rounded, Money.of(amount, currency).format());
  }

  private static Money usd(double amount) {
    return Money.of(amount, "USD");
  }

  private static void assertNull(String name, Runnable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call::run).getMessage());
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
