package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.core.id.Snowflake;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Claims about identifiers. */
final class CoreClaims {
  private static final double MILLIS_PER_YEAR = 365.25 * 86_400_000;

  private CoreClaims() {}

  static List<Claim> all() {
    return List.of(snowflakeFormat());
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
}
