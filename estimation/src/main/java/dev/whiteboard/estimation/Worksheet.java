package dev.whiteboard.estimation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The working of a capacity plan: from settings to steps and warnings. */
final class Worksheet {
  private static final Term MINUTE = Term.constant(60, "s/min");
  private static final Term HOUR = Term.constant(3600, "s/h");
  private static final Term WEEK = Term.constant(7, "days/week");
  private static final Term MONTH = Term.constant(30, "days/month");
  private static final Term YEAR = Term.constant(365, "days/year");
  private static final Term MONTHS = Term.constant(12, "months/year");

  private final Map<Input, Setting> settings;
  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();

  /** Which of the two settable lengths entered a conversion. */
  private final Set<Input> calendarUsed = EnumSet.noneOf(Input.class);

  Worksheet(Map<Input, Setting> settings) {
    this.settings = settings;
    work();
  }

  Map<String, Step> steps() {
    return steps;
  }

  List<String> warnings() {
    return warnings;
  }

  private void work() {
    Term peak = term(Input.PEAK_FACTOR);
    Term record = sum("record", Step.Unit.BYTES, term(Input.OBJECT), term(Input.METADATA));
    Term response = settings.containsKey(Input.RESPONSE) ? term(Input.RESPONSE) : record;

    Term writeRate = product("write-rate", Step.Unit.PER_SECOND, writesPer(CalendarUnit.SECOND));
    product("peak-write-rate", Step.Unit.PER_SECOND, Formula.product(writeRate).times(peak));
    Term readRate = product(
        "read-rate",
        Step.Unit.PER_SECOND,
        Formula.product(writeRate).times(term(Input.READS_PER_WRITE)));
    product("peak-read-rate", Step.Unit.PER_SECOND, Formula.product(readRate).times(peak));
    Term readsPerDay = product(
        "reads-per-day",
        Step.Unit.PER_DAY,
        writesPer(CalendarUnit.DAY).times(term(Input.READS_PER_WRITE)));

    product(
        "new-data-per-month",
        Step.Unit.BYTES_PER_MONTH,
        writesPer(CalendarUnit.MONTH).times(record));
    CalendarUnit retentionUnit = requireNonNull(setting(Input.RETENTION).unit());
    Term objects =
        product("objects", Step.Unit.ITEMS, writesPer(retentionUnit).times(term(Input.RETENTION)));
    Term rawStorage =
        product("raw-storage", Step.Unit.BYTES, Formula.product(objects).times(record));
    product(
        "storage",
        Step.Unit.BYTES,
        Formula.product(rawStorage)
            .times(term(Input.REPLICATION))
            .times(relatedToOne("(1 + index-overhead)", Input.INDEX_OVERHEAD, 1))
            .over(term(Input.COMPRESSION)));

    product("ingress", Step.Unit.BYTES_PER_SECOND, Formula.product(writeRate).times(record));
    Term egress =
        product("egress", Step.Unit.BYTES_PER_SECOND, Formula.product(readRate).times(response));
    product(
        "origin-egress",
        Step.Unit.BYTES_PER_SECOND,
        Formula.product(egress).times(relatedToOne("(1 - cdn-share)", Input.CDN_SHARE, -1)));

    Term skew = term(Input.SKEW);
    Term distinct = step(
        "distinct-reads-per-day",
        Step.Unit.ITEMS,
        new Formula(
            "distinct items in %s of a Zipf(%s, %s)",
            values -> distinct(values[0], values[1], values[2]),
            List.of(readsPerDay, objects, skew)));
    Term cacheObjects = step(
        "cache-objects",
        Step.Unit.ITEMS,
        new Formula(
            "LRU size for %s hits on a Zipf(%s, %s)",
            values -> cacheItems(values[0], values[1], values[2]),
            List.of(term(Input.HIT_TARGET), objects, skew)));
    product("cache-memory", Step.Unit.BYTES, Formula.product(cacheObjects).times(response));
    product(
        "cache-memory-by-rule",
        Step.Unit.BYTES,
        Formula.product(term(Input.HOT_SHARE)).times(readsPerDay).times(response));

    warn(readsPerDay, distinct, cacheObjects);
  }

  private static double distinct(double reads, double objects, double skew) {
    return objects == 0 ? 0 : new Zipf(Math.max(1, Math.rint(objects)), skew).distinctKeys(reads);
  }

  private static double cacheItems(double hitTarget, double objects, double skew) {
    return objects == 0
        ? 0
        : LruHitRatio.itemsForHitRatio(
            new Zipf(Math.max(1, Math.rint(objects)), skew), Math.min(1, hitTarget));
  }

  private void warn(Term readsPerDay, Term distinct, Term cacheObjects) {
    double repeats = readsPerDay.value() / distinct.value();
    if (repeats > 1.05) {
      warnings.add(String.format(
          Locale.ROOT,
          "cache-memory-by-rule counts repeat requests: %s reads in a day touch %s distinct objects, 1 for each %s reads",
          Count.of(readsPerDay.value()).format(),
          distinct.text(),
          Count.of(repeats).format()));
    }
    double days = cacheObjects.value() / distinct.value();
    if (days > 1) {
      warnings.add(String.format(
          Locale.ROOT,
          "cache-memory holds %s times the distinct objects read in a day: it takes longer than a day to fill, and what is"
              + " popular may change before",
          Count.of(days).format()));
    }
    warnIfCalendarDiffers(Input.SECONDS_PER_DAY, CalendarUnit.DAY, "86,400 s");
    warnIfCalendarDiffers(Input.SECONDS_PER_MONTH, CalendarUnit.MONTH, "30 days");
    if (term(Input.PEAK_FACTOR).value() == 1) {
      warnings.add("peak-factor is 1: the average is used as the peak");
    }
    for (Setting setting : settings.values()) {
      if (setting.isInBits()) {
        warnings.add(setting.input().id + " is stated in bits: " + setting.text() + " is "
            + setting.toTerm().text() + "; write B if bytes are meant");
      }
    }
  }

  private void warnIfCalendarDiffers(Input input, CalendarUnit unit, String length) {
    double deviation = term(input).value() / unit.convert(1, CalendarUnit.SECOND) - 1;
    if (calendarUsed.contains(input) && deviation != 0) {
      warnings.add(String.format(
          Locale.ROOT,
          "%s is %s: %.1f %% %s %s",
          input.id,
          term(input).text(),
          100 * Math.abs(deviation),
          deviation < 0 ? "short of" : "longer than",
          length));
    }
  }

  /** Writes in another period: directly between months and years, through seconds for periods below a day, else days. */
  private Formula.Product writesPer(CalendarUnit target) {
    Formula.Product product = Formula.product(term(Input.WRITES));
    CalendarUnit stated = requireNonNull(setting(Input.WRITES).unit());
    if (stated == target) {
      return product;
    }
    if (stated == CalendarUnit.MONTH && target == CalendarUnit.YEAR) {
      return product.times(MONTHS);
    }
    if (stated == CalendarUnit.YEAR && target == CalendarUnit.MONTH) {
      return product.over(MONTHS);
    }
    boolean belowADay =
        stated.compareTo(CalendarUnit.DAY) < 0 || target.compareTo(CalendarUnit.DAY) < 0;
    (belowADay ? seconds(stated) : days(stated)).forEach(product::over);
    (belowADay ? seconds(target) : days(target)).forEach(product::times);
    return product;
  }

  private List<Term> seconds(CalendarUnit unit) {
    return switch (unit) {
      case SECOND -> List.of();
      case MINUTE -> List.of(MINUTE);
      case HOUR -> List.of(HOUR);
      case DAY -> List.of(calendar(Input.SECONDS_PER_DAY));
      case WEEK -> List.of(WEEK, calendar(Input.SECONDS_PER_DAY));
      case MONTH -> List.of(calendar(Input.SECONDS_PER_MONTH));
      case YEAR -> List.of(YEAR, calendar(Input.SECONDS_PER_DAY));
    };
  }

  private static List<Term> days(CalendarUnit unit) {
    return switch (unit) {
      case SECOND, MINUTE, HOUR -> throw new AssertionError(unit);
      case DAY -> List.of();
      case WEEK -> List.of(WEEK);
      case MONTH -> List.of(MONTH);
      case YEAR -> List.of(YEAR);
    };
  }

  private Term calendar(Input input) {
    calendarUsed.add(input);
    Term seconds = term(input);
    String unit = input == Input.SECONDS_PER_DAY ? " s/day" : " s/month";
    return new Term(seconds.name(), seconds.text() + unit, seconds.value(), seconds.swings());
  }

  private Setting setting(Input input) {
    return requireNonNull(settings.get(input));
  }

  private Term term(Input input) {
    return setting(input).toTerm();
  }

  /** A factor 1 + x or 1 − x. */
  private Term relatedToOne(String name, Input input, int sign) {
    return Term.computed(
        name, Step.Unit.ITEMS, values -> 1 + sign * values[0], List.of(term(input)));
  }

  private Term product(String name, Step.Unit unit, Formula.Product product) {
    return step(name, unit, product.formula());
  }

  private Term step(String name, Step.Unit unit, Formula formula) {
    return record(formula, unit, Term.computed(name, unit, formula.function(), formula.terms()));
  }

  private Term sum(String name, Step.Unit unit, Term first, Term second) {
    Formula formula =
        new Formula("%s + %s", values -> values[0] + values[1], List.of(first, second));
    return record(formula, unit, Term.sum(name, unit, first, second));
  }

  private Term record(Formula formula, Step.Unit unit, Term result) {
    steps.put(
        result.name(),
        new Step(
            result.name(),
            formula.symbols(),
            formula.numbers(),
            result.estimate(),
            unit,
            result.sensitivities()));
    return result;
  }
}
