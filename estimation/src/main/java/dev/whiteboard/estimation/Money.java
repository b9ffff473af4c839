package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.google.common.collect.ImmutableBiMap;
import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * An amount of money in one currency; currencies are not converted into one another.
 *
 * <p><b>Cost.</b> One double and a reference, so cents are exact up to 70 trillion. <b>Thread safety.</b> Immutable.
 *
 * <p><b>Instead.</b> A decimal type for books that have to balance.
 *
 * @param amount the amount in whole units, such as dollars, finite and at least 0
 * @param currency an ISO 4217 code, such as "USD"
 */
public record Money(double amount, String currency) {
  /** Four symbols are read and written; a dollar is that of the United States, ¥ is the yen. */
  private static final ImmutableBiMap<String, String> SYMBOLS =
      ImmutableBiMap.of("$", "USD", "€", "EUR", "£", "GBP", "¥", "JPY");

  /** The code of each symbol, and of each code. */
  private static final ImmutableMap<String, String> SPELLINGS = spellings();

  private static final String EXPECTED = "a currency such as USD or $";

  /**
   * Checks amount and currency.
   *
   * @param amount the amount, finite and at least 0
   * @param currency an ISO 4217 code
   * @throws IllegalArgumentException if {@code amount} is negative, infinite or NaN, or the JDK does not know the currency
   */
  public Money {
    amount = Checks.nonNegative(amount, "amount");
    requireNonNull(currency, "currency");
    checkArgument(
        currency.equals(SPELLINGS.get(currency)),
        "currency must be an ISO 4217 code such as USD, was %s",
        currency);
  }

  /**
   * Returns an amount of money.
   *
   * @param amount the amount in whole units, finite and at least 0
   * @param currency an ISO 4217 code, such as "USD"
   * @return the money
   * @throws IllegalArgumentException if {@code amount} is negative, infinite or NaN, or the JDK does not know the currency
   */
  public static Money of(double amount, String currency) {
    return new Money(amount, currency);
  }

  /**
   * Reads an amount such as "$1.2k", "0.02 USD" or "USD 5".
   *
   * @param text a number, then nothing or one of k, M, bn, tn, thousand, million, billion, trillion; before or after it the
   *     currency: an ISO 4217 code or one of $, €, £ and ¥
   * @return the money
   * @throws IllegalArgumentException if the text is not money; the message says what was expected where
   */
  public static Money parse(String text) {
    QuantityReader reader = new QuantityReader(text, "money");
    Money money = read(reader);
    reader.end();
    return money;
  }

  /** Reads no further than the money, so that "/GB" may follow. */
  static Money read(QuantityReader reader) {
    String before = reader.unitIfAny(SPELLINGS);
    BigDecimal number =
        reader.number(before == null ? "a number >= 0 or " + EXPECTED : "a number >= 0");
    BigDecimal factor = requireNonNullElse(reader.unitIfAny(Count.MULTIPLES), BigDecimal.ONE);
    String currency = before == null ? reader.unit(SPELLINGS, EXPECTED) : before;
    return new Money(number.multiply(factor).doubleValue(), currency);
  }

  /**
   * Returns the amount in the currency's smallest unit: "$1.25" is 125 cents, "¥5" is 5 yen.
   *
   * @return the decimal digits of {@link #toString}, counted in that unit
   * @throws ArithmeticException if they are not whole, are 2^63 or more, or the currency, such as gold, has no such unit
   */
  public long minorUnitsExact() {
    int digits = Currency.getInstance(currency).getDefaultFractionDigits();
    if (digits < 0) {
      throw new ArithmeticException(currency + " has no smallest unit");
    }
    return Decimals.shortest(amount).movePointRight(digits).longValueExact();
  }

  /**
   * Adds money of the same currency.
   *
   * @param other the money to add
   * @return the sum
   * @throws IllegalArgumentException if the currencies differ or the sum is beyond a double
   */
  public Money plus(Money other) {
    requireNonNull(other, "other");
    checkArgument(
        currency.equals(other.currency),
        "other must be in %s, was in %s",
        currency,
        other.currency);
    return new Money(amount + other.amount, currency);
  }

  /**
   * Multiplies the amount.
   *
   * @param factor finite and at least 0
   * @return the product
   * @throws IllegalArgumentException if {@code factor} is out of range or the product is beyond a double
   */
  public Money times(double factor) {
    return new Money(amount * Checks.nonNegative(factor, "factor"), currency);
  }

  /**
   * Divides the amount.
   *
   * @param divisor finite and above 0
   * @return the quotient
   * @throws IllegalArgumentException if {@code divisor} is out of range or the quotient is beyond a double
   */
  public Money dividedBy(double divisor) {
    return new Money(amount / Checks.positive(divisor, "divisor"), currency);
  }

  /**
   * Rounds the amount for people.
   *
   * @return three digits, such as "$1.23M" or "12.3 CHF"
   */
  public String format() {
    return text(Decimals.rounded(amount));
  }

  /**
   * Writes the amount without loss.
   *
   * @return a text that {@link #parse} reads as the same money, such as "$1.25" or "15M CHF"
   */
  @Override
  public String toString() {
    return text(Decimals.shortest(amount));
  }

  private String text(BigDecimal digits) {
    String number = Decimals.withUnit(digits, Count.WRITTEN);
    @Nullable String symbol = SYMBOLS.inverse().get(currency);
    return symbol == null ? number + " " + currency : symbol + number;
  }

  private static ImmutableMap<String, String> spellings() {
    ImmutableMap.Builder<String, String> spellings = ImmutableMap.builder();
    spellings.putAll(SYMBOLS);
    for (Currency currency : Currency.getAvailableCurrencies()) {
      spellings.put(currency.getCurrencyCode(), currency.getCurrencyCode());
    }
    return spellings.buildOrThrow();
  }
}
