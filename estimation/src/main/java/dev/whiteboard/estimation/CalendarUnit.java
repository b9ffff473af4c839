package dev.whiteboard.estimation;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * The calendar of back-of-the-envelope arithmetic: days of 86,400 s, months of 30 days, years of 365 days.
 *
 * <p>A year is also 12 months, which is not 365 / 30. Conversions are therefore direct: between months and years by 12,
 * between all other units through their seconds.
 */
public enum CalendarUnit {
  /** One second. */
  SECOND("s", 1, "sec"),
  /** 60 seconds. */
  MINUTE("min", 60),
  /** 3,600 seconds. */
  HOUR("h", 3_600, "hr"),
  /** 86,400 seconds. */
  DAY("day", 86_400, "d"),
  /** Seven days. */
  WEEK("week", 7 * 86_400, "wk"),
  /** 30 days, or a twelfth of a year. */
  MONTH("month", 30 * 86_400, "mo"),
  /** 365 days, or 12 months. */
  YEAR("year", 365 * 86_400, "yr", "y");

  /** Every spelling that is read: "h", "hr", "hour" and "hours". */
  static final ImmutableMap<String, CalendarUnit> SPELLINGS = spellings();

  static final String EXPECTED = "s, min, h, day, week, month or year";

  private final String symbol;
  private final int seconds;
  private final ImmutableList<String> aliases;

  CalendarUnit(String symbol, int seconds, String... aliases) {
    this.symbol = symbol;
    this.seconds = seconds;
    this.aliases = ImmutableList.copyOf(aliases);
  }

  /**
   * Returns how the unit is written after a slash.
   *
   * @return "s", "min", "h", "day", "week", "month" or "year"
   */
  public String symbol() {
    return symbol;
  }

  /**
   * Expresses an amount of this unit in another.
   *
   * @param amount how many of this unit
   * @param target the unit of the result
   * @return the same span in {@code target}: {@code YEAR.convert(5, MONTH)} is 60, {@code YEAR.convert(10, DAY)} is 3650
   */
  public double convert(double amount, CalendarUnit target) {
    requireNonNull(target, "target");
    if (this == YEAR && target == MONTH) {
      return amount * 12;
    }
    if (this == MONTH && target == YEAR) {
      return amount / 12;
    }
    return amount * seconds / target.seconds;
  }

  private static ImmutableMap<String, CalendarUnit> spellings() {
    ImmutableMap.Builder<String, CalendarUnit> spellings = ImmutableMap.builder();
    for (CalendarUnit unit : values()) {
      String word = unit.word();
      spellings.put(unit.symbol, unit).put(word + "s", unit);
      if (!word.equals(unit.symbol)) {
        spellings.put(word, unit);
      }
      unit.aliases.forEach(alias -> spellings.put(alias, unit));
    }
    return spellings.buildOrThrow();
  }

  /** "second", "minute" and so on. */
  String word() {
    return Ascii.toLowerCase(name());
  }
}
