package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a number counts: bytes, money and time, each to a power, and nothing else; "B/s" is bytes to the 1 and seconds to the −1.
 *
 * <p>Things that are only counted (requests, users, servers) have no unit of their own, so that messages a day times bytes a
 * message is bytes a day. Time keeps the calendar unit in which it is stated: 1/month is not 1/day.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param bytes the power of bytes
 * @param money the power of money
 * @param currency the currency, if there is money
 * @param time the power of time
 * @param calendar the unit of time, if there is time
 */
public record Unit(
    int bytes,
    int money,
    @Nullable String currency,
    int time,
    @Nullable CalendarUnit calendar) {
  /** Things counted, and shares. */
  public static final Unit ITEMS = new Unit(0, 0, null, 0, null);

  /** Bytes. */
  public static final Unit BYTES = new Unit(1, 0, null, 0, null);

  private static final double GIGABYTE = 1e9;

  /**
   * Checks that what has a power has a name.
   *
   * @param bytes the power of bytes
   * @param money the power of money
   * @param currency the currency, null unless there is money
   * @param time the power of time
   * @param calendar the unit of time, null unless there is time
   * @throws IllegalArgumentException if a name is missing or idle
   */
  public Unit {
    checkArgument((money != 0) == (currency != null), "money and currency must go together");
    checkArgument((time != 0) == (calendar != null), "time and calendar must go together");
  }

  /**
   * Returns the unit of a rate.
   *
   * @param calendar the period
   * @return 1/calendar
   */
  public static Unit per(CalendarUnit calendar) {
    return new Unit(0, 0, null, -1, calendar);
  }

  /**
   * Returns the unit of a span of time.
   *
   * @param calendar the unit in which it is stated
   * @return calendar
   */
  public static Unit of(CalendarUnit calendar) {
    return new Unit(0, 0, null, 1, calendar);
  }

  /**
   * Returns a unit of money.
   *
   * @param currency its code, such as "USD"
   * @return money
   */
  public static Unit of(String currency) {
    return new Unit(0, 1, currency, 0, null);
  }

  /**
   * Reads a unit in which a step is to be given.
   *
   * @param text "B", "items", "/s" or "B/day" and the like, with s, min, h, day, week, month or year
   * @return the unit
   * @throws IllegalArgumentException if the text is not such a unit
   */
  static Unit parse(String text) {
    QuantityReader reader = new QuantityReader("1 " + text, "a unit");
    reader.number();
    Unit unit = reader.unit(Map.of("B", BYTES, "items", ITEMS, "", ITEMS), "B or items");
    if (reader.atEnd()) {
      return unit;
    }
    reader.slash();
    CalendarUnit calendar = reader.unit(CalendarUnit.SPELLINGS, CalendarUnit.EXPECTED);
    reader.end();
    return unit.times(per(calendar));
  }

  /** Whether the two differ in the names of their time or currency at most. */
  boolean isLike(Unit other) {
    return bytes == other.bytes && money == other.money && time == other.time;
  }

  /** The unit of a product, where both sides have the same calendar and currency, or one has none. */
  Unit times(Unit other) {
    checkArgument(
        currency == null || other.currency == null || currency.equals(other.currency),
        "cannot mix %s and %s",
        currency,
        other.currency);
    int power = time + other.time;
    int price = money + other.money;
    return new Unit(
        bytes + other.bytes,
        price,
        price == 0 ? null : currency != null ? currency : other.currency,
        power,
        power == 0 ? null : calendar != null ? calendar : other.calendar);
  }

  Unit inverse() {
    return new Unit(-bytes, -money, currency, -time, calendar);
  }

  Unit in(CalendarUnit other) {
    return new Unit(bytes, money, currency, time, other);
  }

  /**
   * Returns how the unit is written.
   *
   * @return "B", "B/s", "1/day", "USD/month", "year" and the like; "items" if nothing is left
   */
  public String symbol() {
    StringBuilder above = new StringBuilder();
    StringBuilder below = new StringBuilder();
    put(money, String.valueOf(currency), above, below);
    put(bytes, "B", above, below);
    put(time, calendar == null ? "" : calendar.symbol(), above, below);
    if (above.isEmpty()) {
      above.append(below.isEmpty() ? "items" : "1");
    }
    return above.append(below).toString();
  }

  private static void put(int power, String name, StringBuilder above, StringBuilder below) {
    String powered = Math.abs(power) == 1 ? name : name + "^" + Math.abs(power);
    if (power > 0) {
      above.append(above.isEmpty() ? "" : "·").append(powered);
    } else if (power < 0) {
      below.append('/').append(powered);
    }
  }

  /**
   * Rounds a number of this unit for people.
   *
   * @param value the number, finite and at least 0
   * @return three digits with a unit, such as "9.65 MB/s", "19.3k/s", "$12.3k/month" or "$0.02/GB/month"
   * @throws IllegalArgumentException if {@code value} is negative, infinite or NaN
   */
  public String format(double value) {
    String suffix = time == -1 && calendar != null ? "/" + calendar.symbol() : "";
    boolean simple = time == 0 || time == -1;
    if (simple && money == 0 && bytes == 0) {
      return Count.of(value).format() + suffix;
    }
    if (simple && money == 0 && bytes == 1) {
      return DataSize.ofBytes(value).format() + suffix;
    }
    if (simple && money == 1 && currency != null && bytes == 0) {
      return Money.of(value, currency).format() + suffix;
    }
    if (simple && money == 1 && currency != null && bytes == -1) {
      return Money.of(value * GIGABYTE, currency).format() + "/GB" + suffix;
    }
    if (money == 0 && bytes == 0 && time == 1 && calendar != null) {
      return TimeSpan.of(value, calendar).format();
    }
    return Count.of(value).format() + " " + symbol();
  }
}
