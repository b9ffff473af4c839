package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.claims.SteppingClock.Run;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.core.id.Snowflake;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Claims about ids of time, node and sequence. */
final class SnowflakeClaims {
  private static final double MILLIS_PER_YEAR = 365.25 * 86_400_000;

  private SnowflakeClaims() {}

  static List<Claim> all() {
    return List.of(snowflakeFormat(), ntpFixesClocks());
  }

  private static Claim snowflakeFormat() {
    return new Claim(
        "I01",
        "core",
        "Snowflake gives 4,096 ids a millisecond and node, for 69 years.",
        "preslavmihaylov/booknotes, system-design-interview/chapter08",
        Verdict.TRUE,
        "12 bits of sequence make 2^12 ids a millisecond, 41 bits of milliseconds last 2^41 ms = 69.68 years of 365.25 days.",
        "Counted by drawing ids under a clock that stands still, and by trying clocks ever further from the epoch.",
        List.of(Parameter.count("ids", 200_000, 10_000, 4_000_000)),
        settings -> Outcome.of(
            new Check(
                "ids in one millisecond",
                Math.pow(2, 12),
                idsInFullestMillisecond(settings.count("ids")),
                0),
            new Check("years of life", Math.pow(2, 41) / MILLIS_PER_YEAR, yearsOfLife(), 0.01)));
  }

  private static double idsInFullestMillisecond(int ids) {
    long[] millis = {Snowflake.TWITTER_EPOCH.toEpochMilli() + 1};
    Snowflake snowflake = Snowflake.builder(1).clock(clock(millis)).build();
    millis[0] += 3_600_000;
    Map<Instant, Integer> perMillisecond = new TreeMap<>();
    for (int i = 0; i < ids; i++) {
      perMillisecond.merge(snowflake.timeOf(snowflake.nextId()), 1, Integer::sum);
    }
    return perMillisecond.values().stream().mapToInt(count -> count).max().orElseThrow();
  }

  /** The last clock, by bisection, under which a generator can be built. */
  private static double yearsOfLife() {
    long epoch = Snowflake.TWITTER_EPOCH.toEpochMilli();
    long works = 0;
    long fails = (long) (1000 * MILLIS_PER_YEAR);
    while (fails - works > 1) {
      long middle = (works + fails) >>> 1;
      if (canBuild(epoch + middle)) {
        works = middle;
      } else {
        fails = middle;
      }
    }
    return works / MILLIS_PER_YEAR;
  }

  private static boolean canBuild(long millis) {
    try {
      Snowflake.builder(1).clock(clock(new long[] {millis})).build();
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static InstantSource clock(long[] millis) {
    return () -> Instant.ofEpochMilli(millis[0]);
  }

  private static Claim ntpFixesClocks() {
    return new Claim(
        "I06",
        "core",
        "NTP solves the clock problems of Snowflake.",
        "preslavmihaylov/booknotes, system-design-interview/chapter08",
        Verdict.HALF_WRONG,
        "NTP sets a clock that is wrong, and may set it back. A generator that trusts the clock then lives the same milliseconds again "
            + "and issues the same ids: r a millisecond for as long as the step. One that stays in its latest millisecond has "
            + "the 4,096 ids of that one, less those it has issued.",
        "NTP keeps clocks near each other; that ids never repeat is the generator's own task. hutool 5.8.44 accepts steps of less than "
            + "two seconds and yet throws after 4,095 ids. Ours counts on, with elapsed time in place of the clock. hutool reads "
            + "the system's clock alone: it is given the state that a step leaves, and its rule is rebuilt for the picture.",
        List.of(
            Parameter.count("stepMillis", 1000, 500, 1500),
            Parameter.count("idsPerMilli", 10, 1, 100)),
        settings -> {
          int step = settings.count("stepMillis");
          int rate = settings.count("idsPerMilli");
          SteppingClock clock = new SteppingClock(step);
          Run trusting = clock.run(clock.textbook(), rate);
          Run staying = clock.run(clock.staysInTheLatestMillisecond(), rate);
          Run ours = clock.run(clock.ours(), rate);
          return Outcome.of(
                  new Check("duplicates, no guard", step * rate, trusting.duplicates(), 0),
                  new Check("duplicates, ours", 0, ours.duplicates(), 0),
                  new Check("calls that threw, ours", 0, ours.refused(), 0),
                  new Check(
                      "ids of hutool before it throws",
                      4095,
                      SteppingClock.idsOfHutoolUntilItThrows(step),
                      0),
                  new Check(
                      "calls that threw, hutool's rule",
                      Math.max(0, step * rate - (4096 - rate)),
                      staying.refused(),
                      0))
              .with(new Chart(
                  "The clock is set back: how many new ids there are",
                  Axis.linear("ms since the step"),
                  Axis.linear("ids that were not issued before"),
                  List.of(
                      fresh("no guard", trusting),
                      fresh("hutool's rule", staying),
                      fresh("ours", ours))));
        });
  }

  private static Series fresh(String name, Run run) {
    double[] millis = IntStream.range(0, run.fresh().size()).asDoubleStream().toArray();
    return Series.of(
        name, Mark.LINE, millis, Trials.map(millis, ms -> run.fresh().get((int) ms)));
  }
}
