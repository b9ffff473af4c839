package dev.whiteboard.estimation;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What an assumption may be: how it is read, and how a number of that kind is written. */
enum Kind {
  RATE("a rate such as 500M/month"),
  COUNT("a number such as 100 or 1.2k"),
  SIZE("a size such as 500 B or 1.5 MiB"),
  TIME("a time such as 5 years or 36 months"),
  SHARE("a share such as 20%");

  final String example;

  Kind(String example) {
    this.example = example;
  }

  /** A number and, for rates and times, the unit in which it is stated. */
  record Reading(double value, @Nullable CalendarUnit unit) {}

  Reading read(String text) {
    return switch (this) {
      case RATE -> {
        Rate rate = Rate.parse(text);
        yield new Reading(rate.count(), rate.period());
      }
      case TIME -> {
        TimeSpan span = TimeSpan.parse(text);
        yield new Reading(span.amount(), span.unit());
      }
      case SIZE -> new Reading(DataSize.parse(text).bytes(), null);
      case COUNT, SHARE -> new Reading(Count.parse(text).value(), null);
    };
  }

  String format(double value, @Nullable CalendarUnit unit, boolean rounded) {
    BigDecimal digits = rounded ? Decimals.rounded(value) : Decimals.shortest(value);
    double shown = digits.doubleValue();
    return switch (this) {
      case RATE -> Rate.of(shown, requireNonNull(unit)).toString();
      case TIME -> TimeSpan.of(shown, requireNonNull(unit)).toString();
      case SIZE -> DataSize.ofBytes(shown).toString();
      case COUNT -> Count.of(shown).toString();
      case SHARE -> Decimals.plain(digits.movePointRight(2)) + "%";
    };
  }

  String unit(@Nullable CalendarUnit unit) {
    return switch (this) {
      case RATE -> "1/" + requireNonNull(unit).symbol();
      case TIME -> requireNonNull(unit).symbol();
      case SIZE -> "B";
      case COUNT, SHARE -> "1";
    };
  }
}
