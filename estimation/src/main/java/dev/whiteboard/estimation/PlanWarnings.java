package dev.whiteboard.estimation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a reader of a plan should doubt. */
final class PlanWarnings {
  private final Map<String, Setting> settings;
  private final Map<String, Step> steps;
  private final List<String> warnings = new ArrayList<>();

  PlanWarnings(Map<String, Setting> settings, Map<String, Step> steps) {
    this.settings = settings;
    this.steps = steps;
  }

  List<String> all() {
    warnOfTheCache();
    warnOfTheCalendar("seconds-per-day", CalendarUnit.DAY, "86,400 s");
    warnOfTheCalendar("seconds-per-month", CalendarUnit.MONTH, "30 days");
    if (setting("peak-factor").value().value() == 1) {
      warnings.add("peak-factor is 1: the average is used as the peak");
    }
    for (Setting setting : settings.values()) {
      if (setting.isInBits()) {
        warnings.add(setting.input().id() + " is stated in bits: " + setting.text() + " is "
            + setting.numbers() + "; write B if bytes are meant");
      }
    }
    warnOfMixedPrefixes();
    return warnings;
  }

  private void warnOfMixedPrefixes() {
    Optional<Setting> binary = sizes().filter(Setting::isBinary).findFirst();
    Optional<Setting> decimal = sizes().filter(Setting::isDecimal).findFirst();
    if (binary.isPresent() && decimal.isPresent()) {
      warnings.add(String.format(
          Locale.ROOT,
          "prefixes are mixed: %s is %s, of 1,024, and %s is %s, of 1,000",
          binary.get().input().id(),
          binary.get().text(),
          decimal.get().input().id(),
          decimal.get().text()));
    }
  }

  private Stream<Setting> sizes() {
    return settings.values().stream().filter(setting -> setting.input().kind() == Kind.SIZE);
  }

  private void warnOfTheCache() {
    Step distinct = step("distinct-reads-per-day");
    if (distinct.value().value() == 0) {
      return;
    }
    double reads = step("reads-per-day").value().value();
    double repeats = reads / distinct.value().value();
    if (repeats > 1.05) {
      warnings.add(String.format(
          Locale.ROOT,
          "cache-memory-by-rule counts repeat requests: %s reads in a day touch %s distinct objects, 1 for each %s reads",
          Count.of(reads).format(),
          distinct.format(),
          Count.of(repeats).format()));
    }
    double days = step("cache-objects").value().value() / distinct.value().value();
    if (days > 1) {
      warnings.add(String.format(
          Locale.ROOT,
          "cache-memory holds %s times the distinct objects read in a day: it takes longer than a day to fill, and what is"
              + " popular may change before",
          Count.of(days).format()));
    }
  }

  private void warnOfTheCalendar(String id, CalendarUnit unit, String length) {
    Setting setting = setting(id);
    double deviation = setting.value().value() / unit.convert(1, CalendarUnit.SECOND) - 1;
    boolean used = steps.values().stream().anyMatch(step -> step.formula().contains(id));
    if (used && deviation != 0) {
      warnings.add(String.format(
          Locale.ROOT,
          "%s is %s: %.1f %% %s %s",
          id,
          setting.numbers(),
          100 * Math.abs(deviation),
          deviation < 0 ? "short of" : "longer than",
          length));
    }
  }

  private Setting setting(String id) {
    return requireNonNull(settings.get(id));
  }

  private Step step(String id) {
    return requireNonNull(steps.get(id));
  }
}
