package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Currency;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

class QuantityProperties {
  /** Every finite double >= 0 by its bits, and numbers of everyday size. */
  @Provide
  Arbitrary<Double> numbers() {
    long infinity = Double.doubleToLongBits(Double.POSITIVE_INFINITY);
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, infinity - 1).map(Double::longBitsToDouble),
        Arbitraries.doubles().between(0, 1e15),
        Arbitraries.longs().between(0, Long.MAX_VALUE).map(Long::doubleValue));
  }

  @Provide
  Arbitrary<String> currencies() {
    return Arbitraries.of(Currency.getAvailableCurrencies().stream()
        .map(Currency::getCurrencyCode)
        .sorted()
        .toList());
  }

  @Property(tries = 1000)
  void whatIsWrittenIsReadBack(
      @ForAll @From("numbers") double number,
      @ForAll CalendarUnit unit,
      @ForAll @From("currencies") String currency) {
    Money money = new Money(number, currency);
    assertEquals(money, Money.parse(money.toString()));
    assertEquals(new DataSize(number), DataSize.parse(new DataSize(number).toString()));
    assertEquals(new Count(number), Count.parse(new Count(number).toString()));
    assertEquals(new Rate(number, unit), Rate.parse(new Rate(number, unit).toString()));
    assertEquals(new Bandwidth(number), Bandwidth.parse(new Bandwidth(number).toString()));
    assertEquals(new TimeSpan(number, unit), TimeSpan.parse(new TimeSpan(number, unit).toString()));
  }

  @Property(tries = 1000)
  void digitsAreNoMoreThanNeeded(@ForAll @From("numbers") double number) {
    BigDecimal shortest = Decimals.shortest(number);
    assertEquals(number, shortest.doubleValue());
    assertTrue(shortest.stripTrailingZeros().precision()
        <= new BigDecimal(Double.toString(number)).stripTrailingZeros().precision());
  }

  @Property(tries = 500)
  void roundedTextIsWithinHalfAPercent(@ForAll @DoubleRange(min = -6, max = 27) double exponent) {
    double number = Math.pow(10, exponent);
    assertEquals(number, DataSize.parse(new DataSize(number).format()).bytes(), 0.005 * number);
    assertEquals(number, Count.parse(new Count(number).format()).value(), 0.005 * number);
    assertEquals(number, Money.parse(new Money(number, "USD").format()).amount(), 0.005 * number);
  }

  /** Cents up to 2^46 dollars, from where on neighbouring doubles are more than a cent apart. */
  @Property(tries = 1000)
  void centsAreCountedAsWritten(@ForAll @LongRange(max = 7_036_874_417_766_400L) long cents) {
    BigDecimal dollars = BigDecimal.valueOf(cents, 2);
    assertEquals(cents, Money.parse(dollars + " USD").minorUnitsExact());
  }

  @Property(tries = 500)
  void convertingBackAndForthKeepsTheAmount(
      @ForAll @DoubleRange(min = 0, max = 1e9) double amount,
      @ForAll CalendarUnit a,
      @ForAll CalendarUnit b) {
    assertEquals(amount, b.convert(a.convert(amount, b), a), 1e-15 * amount * 2);
  }
}
