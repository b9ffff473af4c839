package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Looks for the slip that leads from a plan's figure to somebody's: the classes of errors that published sheets have. */
final class Auditor {
  private static final double EXACT = 0.005;
  private static final double ROUNDING = 0.085; // "10 GB/s" for 9.26 is the coarsest seen

  /** Servers that a load is short of, at most, to be called a matter of rounding. */
  private static final double FEW = 0.1;

  /** What published sheets get wrong even where it has no part. */
  private static final ImmutableSet<String> CLASSICS =
      ImmutableSet.of("peak-factor", "retention", "replication");

  /** A figure with one or two digits is this near to what a slip makes of it. */
  private static final double NEAR = 0.04;

  private static final ImmutableMap<Double, String> CALENDAR =
      ImmutableMap.<Double, String>builder()
          .put(60.0, "minutes and seconds, or hours and minutes")
          .put(3_600.0, "hours and seconds")
          .put(86_400.0, "days and seconds")
          .put(24.0, "days and hours")
          .put(30.0, "months and days")
          .put(12.0, "years and months")
          .put(365.0, "years and days")
          .buildOrThrow();

  private final CapacityPlan plan;
  private final Step step;
  private final Set<String> sources;
  private final double ratio;
  private final Set<String> found = new LinkedHashSet<>();

  private Auditor(CapacityPlan plan, Step step, Set<String> sources, double ratio) {
    this.plan = plan;
    this.step = step;
    this.sources = sources;
    this.ratio = ratio;
  }

  static Audit audit(
      CapacityPlan plan, Step step, String claim, double unrounded, Set<String> sources) {
    double ratio = number(step, claim) / step.value().value();
    Auditor auditor = new Auditor(plan, step, sources, ratio);
    boolean tooFew = ratio < 1 && step.formula().startsWith(FormulaFunction.CEIL.id() + "(");
    if (Math.abs(ratio - 1) <= EXACT && !tooFew) {
      return new Audit(step, claim, ratio, Audit.Verdict.AGREES, List.of());
    }
    if (tooFew && ratio > 1 - FEW) {
      String down =
          String.format(Locale.ROOT, "servers are rounded down: the load needs %.2f", unrounded);
      return new Audit(step, claim, ratio, Audit.Verdict.EXPLAINED, List.of(down));
    }
    if (Math.abs(ratio - 1) <= ROUNDING) {
      return new Audit(step, claim, ratio, Audit.Verdict.ROUNDED, List.of());
    }
    auditor.search();
    Audit.Verdict verdict =
        auditor.found.isEmpty() ? Audit.Verdict.UNEXPLAINED : Audit.Verdict.EXPLAINED;
    return new Audit(step, claim, ratio, verdict, new ArrayList<>(auditor.found));
  }

  /** The claim in the unit of the step. */
  private static double number(Step step, String claim) {
    Kind.Reading reading = Kind.of(claim).read(claim);
    Unit unit = reading.unit();
    checkArgument(
        unit.isLike(step.unit()),
        "claim must be in %s as %s is, was \"%s\"",
        step.unit().symbol(),
        step.name(),
        claim);
    CalendarUnit from = unit.calendar();
    CalendarUnit to = step.unit().calendar();
    if (from == null || to == null) {
      return reading.value();
    }
    return unit.time() > 0
        ? from.convert(reading.value(), to)
        : reading.value() / from.convert(1, to);
  }

  private void search() {
    if (!(ratio > 0) || Double.isInfinite(ratio)) {
      return;
    }
    unitsOfData();
    assumptions();
    leftOutOfASum();
    CALENDAR.forEach((factor, units) -> {
      if (isOff(factor)) {
        found.add(units + " are confused");
      }
    });
    if (isNear(86_400 / 1e5)) {
      found.add("a day is taken as 100,000 s");
    }
    double tens = Math.rint(Math.log10(ratio));
    if (tens != 0 && isNear(Math.pow(10, tens))) {
      found.add("off by a power of ten");
    }
  }

  private void unitsOfData() {
    if (step.unit().bytes() == 0) {
      return;
    }
    if (isOff(8)) {
      found.add("bits are taken for bytes");
    }
    if (isNear(1.25)) {
      found.add("a byte is taken as 10 bits");
    }
    for (int power = 2; power <= 8; power++) {
      // Powers are 2.4 % apart: only what is within half a percent tells one from the next.
      double factor = Math.pow(1.024, power);
      if (Math.abs(ratio * factor - 1) <= EXACT || Math.abs(ratio / factor - 1) <= EXACT) {
        found.add("1,000 and 1,024 are confused, " + power + " times over");
      }
    }
  }

  private void assumptions() {
    for (Assumption assumption : plan.assumptions()) {
      if (!sources.contains(assumption.name()) && !CLASSICS.contains(assumption.name())) {
        continue;
      }
      String named = assumption.name() + " (" + assumption.text() + ")";
      if (isFactor(assumption.value().value()) || isFactor(days(assumption))) {
        found.add(tooOften(assumption, named));
      } else if (isFactor(1 / assumption.value().value()) || isFactor(1 / days(assumption))) {
        found.add(named + " is left out");
      }
    }
  }

  private String tooOften(Assumption assumption, String named) {
    if (assumption.name().equals("peak-factor")) {
      return "the peak is used as the average: peak-factor is " + assumption.text();
    }
    if (assumption.name().equals("retention") && step.name().startsWith("cache-")) {
      return "the cache is a share of all that is kept for " + assumption.text() + ", not of a day";
    }
    return named + " is counted once too often";
  }

  /** A span of time in days, anything else as it is. */
  private static double days(Assumption assumption) {
    CalendarUnit unit = CalendarUnit.SPELLINGS.get(assumption.unit());
    double value = assumption.value().value();
    return unit == null ? value : unit.convert(value, CalendarUnit.DAY);
  }

  /** Whether a number is what the claim is off by; numbers near 1 would be found everywhere. */
  private boolean isFactor(double number) {
    return isNear(number) && Math.abs(number - 1) > ROUNDING;
  }

  /** Tries the plan without each size in turn. */
  private void leftOutOfASum() {
    for (Assumption assumption : plan.assumptions()) {
      if (sources.contains(assumption.name())
          && assumption.unit().equals(Unit.BYTES.symbol())
          && assumption.value().value() > 0) {
        double without =
            plan.with(assumption.name(), "0 B").step(step.name()).value().value();
        if (without > 0 && Math.abs(ratio * step.value().value() / without - 1) <= EXACT) {
          found.add(assumption.name() + " (" + assumption.text() + ") is left out of the sum");
        }
      }
    }
  }

  private boolean isOff(double factor) {
    return isNear(factor) || isNear(1 / factor);
  }

  private boolean isNear(double factor) {
    return Math.abs(ratio / factor - 1) <= NEAR;
  }
}
