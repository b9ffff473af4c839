package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * Conversions between units of time, as factors that a formula shows: directly between months and years, through seconds for
 * periods below a day, else through days. A plan may set what it takes a day and a month to be.
 */
final class Calendars {
  private static final Worked MINUTE = Worked.constant(60, "60 s/min");
  private static final Worked HOUR = Worked.constant(3600, "3600 s/h");
  private static final Worked WEEK = Worked.constant(7, "7 days/week");
  private static final Worked MONTH = Worked.constant(30, "30 days/month");
  private static final Worked YEAR = Worked.constant(365, "365 days/year");
  private static final Worked MONTHS = Worked.constant(12, "12 months/year");

  private final Worked secondsPerDay;
  private final Worked secondsPerMonth;

  Calendars(Map<String, Setting> settings) {
    secondsPerDay = seconds(settings, "seconds-per-day", " s/day");
    secondsPerMonth = seconds(settings, "seconds-per-month", " s/month");
  }

  private static Worked seconds(Map<String, Setting> settings, String id, String unit) {
    Worked seconds = requireNonNull(settings.get(id)).worked();
    return new Worked(seconds.term(), seconds.unit(), id, seconds.numbers() + unit, Worked.ATOM);
  }

  /** States a rate or a span in another unit of time. */
  Worked in(Worked quantity, CalendarUnit target) {
    CalendarUnit stated = quantity.unit().calendar();
    if (stated == null || stated == target) {
      return quantity;
    }
    int power = quantity.unit().time();
    checkArgument(
        Math.abs(power) == 1, "cannot convert %s to another unit of time", quantity.symbols());
    boolean rate = power < 0;
    Worked converted = quantity;
    for (Worked factor : factors(stated, target)) {
      converted = rate ? converted.over(factor) : converted.times(factor);
    }
    for (Worked factor : factors(target, stated)) {
      converted = rate ? converted.times(factor) : converted.over(factor);
    }
    return converted.withUnit(quantity.unit().in(target));
  }

  /** Brings two quantities to one unit of time, so that they can be multiplied: a rate goes to the unit of a span. */
  Worked product(Worked left, Worked right) {
    CalendarUnit atLeft = left.unit().calendar();
    CalendarUnit atRight = right.unit().calendar();
    if (atLeft == null || atRight == null || atLeft == atRight) {
      return left.times(right);
    }
    return left.unit().time() < 0 ? in(left, atRight).times(right) : left.times(in(right, atLeft));
  }

  Worked quotient(Worked left, Worked right) {
    CalendarUnit atRight = right.unit().calendar();
    boolean bothTimed = left.unit().calendar() != null && atRight != null;
    return bothTimed ? in(left, requireNonNull(atRight)).over(right) : left.over(right);
  }

  /** States the second of two summands as the first. */
  Worked alike(Worked first, Worked second) {
    CalendarUnit calendar = first.unit().calendar();
    return calendar != null && first.unit().isLike(second.unit()) ? in(second, calendar) : second;
  }

  /** What one unit is in the smaller unit that it shares with the other. */
  private List<Worked> factors(CalendarUnit unit, CalendarUnit other) {
    if (unit == CalendarUnit.YEAR && other == CalendarUnit.MONTH) {
      return List.of(MONTHS);
    }
    if (unit == CalendarUnit.MONTH && other == CalendarUnit.YEAR) {
      return List.of();
    }
    boolean belowADay =
        unit.compareTo(CalendarUnit.DAY) < 0 || other.compareTo(CalendarUnit.DAY) < 0;
    return belowADay ? seconds(unit) : days(unit);
  }

  private List<Worked> seconds(CalendarUnit unit) {
    return switch (unit) {
      case SECOND -> List.of();
      case MINUTE -> List.of(MINUTE);
      case HOUR -> List.of(HOUR);
      case DAY -> List.of(secondsPerDay);
      case WEEK -> List.of(WEEK, secondsPerDay);
      case MONTH -> List.of(secondsPerMonth);
      case YEAR -> List.of(YEAR, secondsPerDay);
    };
  }

  private static List<Worked> days(CalendarUnit unit) {
    return switch (unit) {
      case SECOND, MINUTE, HOUR -> throw new AssertionError(unit);
      case DAY -> List.of();
      case WEEK -> List.of(WEEK);
      case MONTH -> List.of(MONTH);
      case YEAR -> List.of(YEAR);
    };
  }
}
