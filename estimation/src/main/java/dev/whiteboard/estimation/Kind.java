package dev.whiteboard.estimation;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Arrays;

/** What an assumption may be: how it is read, and how a number of that kind is written. */
enum Kind {
  COUNT("a number such as 100 or 1.2k"),
  SHARE("a share such as 20%"),
  RATE("a rate such as 500M/month"),
  SIZE("a size such as 500 B or 1.5 MiB"),
  TIME("a time such as 5 years or 36 months"),
  BANDWIDTH("a bandwidth such as 10 Gbit/s"),
  MONEY("money such as $5 or 5 USD"),
  COST("money in a period such as $60/month"),
  PRICE("a price such as $0.1/GB"),
  RENT("a price such as $0.02/GB/month");

  private static final BigDecimal GIGABYTE = BigDecimal.TEN.pow(9);

  final String example;

  Kind(String example) {
    this.example = example;
  }

  /** A number and the unit in which it is stated. */
  record Reading(double value, Unit unit) {}

  /** The kind of a text that may be of any. */
  static Kind of(String text) {
    return Arrays.stream(values())
        .filter(kind -> (kind != COUNT || !text.contains("%")) && kind.reads(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("cannot read \"" + text
            + "\": expected a number, a share, a rate, a size, a time, a bandwidth or a price"));
  }

  private boolean reads(String text) {
    try {
      read(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  Reading read(String text) {
    return switch (this) {
      case COUNT, SHARE -> new Reading(Count.parse(text).value(), Unit.ITEMS);
      case RATE -> {
        Rate rate = Rate.parse(text);
        yield new Reading(rate.count(), Unit.per(rate.period()));
      }
      case SIZE -> new Reading(DataSize.parse(text).bytes(), Unit.BYTES);
      case TIME -> {
        TimeSpan span = TimeSpan.parse(text);
        yield new Reading(span.amount(), Unit.of(span.unit()));
      }
      case BANDWIDTH -> bandwidth(new QuantityReader(text, "a bandwidth"));
      case MONEY, COST, PRICE, RENT -> price(new QuantityReader(text, "money"));
    };
  }

  private static Reading bandwidth(QuantityReader reader) {
    BigDecimal number = reader.number();
    double bytes =
        number.multiply(reader.unit(SizeUnits.BYTES, SizeUnits.EXPECTED)).doubleValue();
    Unit period = period(reader);
    reader.end();
    return new Reading(bytes, Unit.BYTES.times(period));
  }

  private Reading price(QuantityReader reader) {
    Money money = Money.read(reader);
    double amount = money.amount();
    Unit unit = Unit.of(money.currency());
    if (this == PRICE || this == RENT) {
      reader.slash();
      BigDecimal bytes = reader.unit(SizeUnits.BYTES, SizeUnits.EXPECTED);
      amount = amount / bytes.doubleValue();
      unit = unit.times(Unit.BYTES.inverse());
    }
    if (this == COST || this == RENT) {
      unit = unit.times(period(reader));
    }
    reader.end();
    return new Reading(amount, unit);
  }

  private static Unit period(QuantityReader reader) {
    reader.slash();
    return Unit.per(reader.unit(CalendarUnit.SPELLINGS, CalendarUnit.EXPECTED));
  }

  String format(double value, Unit unit, boolean rounded) {
    BigDecimal digits = rounded ? Decimals.rounded(value) : Decimals.shortest(value);
    double shown = digits.doubleValue();
    return switch (this) {
      case COUNT -> Count.of(shown).toString();
      case SHARE -> Decimals.plain(digits.movePointRight(2)) + "%";
      case RATE -> Rate.of(shown, calendar(unit)).toString();
      case SIZE -> DataSize.ofBytes(shown).toString();
      case TIME -> TimeSpan.of(shown, calendar(unit)).toString();
      case BANDWIDTH -> DataSize.ofBytes(shown) + "/" + calendar(unit).symbol();
      case MONEY -> money(shown, unit);
      case COST -> money(shown, unit) + "/" + calendar(unit).symbol();
      case PRICE -> perGigabyte(shown, unit);
      case RENT -> perGigabyte(shown, unit) + "/" + calendar(unit).symbol();
    };
  }

  private static CalendarUnit calendar(Unit unit) {
    return requireNonNull(unit.calendar());
  }

  private static String money(double amount, Unit unit) {
    return Money.of(amount, requireNonNull(unit.currency())).toString();
  }

  private static String perGigabyte(double amount, Unit unit) {
    BigDecimal each = Decimals.shortest(amount).multiply(GIGABYTE);
    return money(each.doubleValue(), unit) + "/GB";
  }
}
