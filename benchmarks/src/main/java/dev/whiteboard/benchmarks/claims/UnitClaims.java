package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Numbers;
import dev.whiteboard.estimation.CalendarUnit;
import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.DataSize;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Claims about units that are rounded or mixed up. */
final class UnitClaims {
  private UnitClaims() {}

  static List<Claim> all() {
    return List.of(aDayIsTenToTheFive(), unitsDoNotMatter());
  }

  private static Claim aDayIsTenToTheFive() {
    return new Claim(
        "E01",
        "estimation",
        "A day is about 10^5 seconds, a month about 2.5 million.",
        "preslavmihaylov/booknotes, system-design-interview/chapter17; donnemartin/system-design-primer, solutions",
        Verdict.TRUE_ONLY_IF,
        "A day has 86,400 s: 10^5 is 15.7 % too many, and rates from it are 13.6 % too low. A month of 30 days has 2,592,000 s: 2.5 "
            + "million is 3.5 % too few. A mean month of the calendar has 146,097 / 4,800 = 30.44 days.",
        "True if nothing else in the estimate is known to a sixth. Use one of the two: thirty of those days are 3 million seconds, not "
            + "2.5. Say which day was taken: 500 million a day are 5,787 a second, and 500 M / 86,400 = 5,000 is wrong.",
        List.of(
            Parameter.count("daySeconds", 100_000, 1000, 1_000_000),
            Parameter.count("monthSeconds", 2_500_000, 100_000, 10_000_000)),
        settings -> {
          double day = settings.count("daySeconds");
          double month = settings.count("monthSeconds");
          CapacityPlan plan = CapacityPlan.builder("requests")
              .assume("writes", "500M/day")
              .assume("reads-per-write", "1")
              .assume("object", "1 KB")
              .assume("retention", "1 year")
              .build();
          CapacityPlan rounded = plan.with("seconds-per-day", Numbers.plain(day));
          LocalDate start = LocalDate.of(2001, 1, 1);
          double days = ChronoUnit.DAYS.between(start, start.plusMonths(4800)) / 4800.0;
          return Outcome.of(
              new Check("day taken / day", day / 86_400, day / seconds(1, CalendarUnit.DAY), 0),
              new Check(
                  "month taken / 30 days",
                  month / 2_592_000,
                  month / seconds(1, CalendarUnit.MONTH),
                  0),
              new Check(
                  "month taken / mean month of the calendar",
                  month / 2_629_746,
                  month / seconds(days, CalendarUnit.DAY),
                  1e-12),
              new Check(
                  "requests per second by the day taken / exact",
                  86_400 / day,
                  writes(rounded) / writes(plan),
                  1e-12));
        });
  }

  private static double seconds(double amount, CalendarUnit unit) {
    return unit.convert(amount, CalendarUnit.SECOND);
  }

  private static double writes(CapacityPlan plan) {
    return plan.step("write-rate").value().value();
  }

  private static Claim unitsDoNotMatter() {
    return new Claim(
        "E08",
        "estimation",
        "KB or KiB: the difference does not matter.",
        "Often said",
        Verdict.FALSE,
        "1.024^n for the n-th prefix: 2.4 % for K, 7.4 % for G, 10.0 % for T, 12.6 % for P (IEC 80000-13 names the binary ones).",
        "It matters where it adds up: 1 PiB of data on disks sold as 10 TB takes 113 of them, not 103. In a back-of-the-envelope "
            + "estimate of kilobytes it drowns in the other guesses. Memory is counted by 1,024, disks and links by 1,000.",
        List.of(
            Parameter.count("pebibytes", 1, 1, 1000), Parameter.count("diskTerabytes", 10, 1, 100)),
        settings -> {
          double data = settings.count("pebibytes");
          double disk = settings.count("diskTerabytes");
          return Outcome.of(
              excess("PiB / PB - 1", 5, "1 PiB", DataSize.Unit.PB),
              excess("GiB / GB - 1", 3, "1 GiB", DataSize.Unit.GB),
              excess("KiB / KB - 1", 1, "1 KiB", DataSize.Unit.KB),
              new Check(
                  "disks missing if TB is read as TiB",
                  Math.ceil(data * Math.pow(1024, 5) / (disk * 1e12))
                      - Math.ceil(data * 1024 / disk),
                  disks(data, DataSize.of(disk, DataSize.Unit.TB))
                      - disks(data, DataSize.of(disk, DataSize.Unit.TIB)),
                  0));
        });
  }

  private static Check excess(String what, int power, String binary, DataSize.Unit decimal) {
    return new Check(
        what, Math.pow(1.024, power) - 1, DataSize.parse(binary).in(decimal) - 1, 1e-12);
  }

  private static double disks(double pebibytes, DataSize disk) {
    return Math.ceil(DataSize.of(pebibytes, DataSize.Unit.PIB).bytes() / disk.bytes());
  }
}
