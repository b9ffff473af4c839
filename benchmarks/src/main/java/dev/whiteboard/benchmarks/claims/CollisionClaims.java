package dev.whiteboard.benchmarks.claims;

import static dev.whiteboard.benchmarks.claims.Trials.map;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.core.hash.Xxh3;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Claims about ids that are drawn or hashed, and so may be equal by chance. */
final class CollisionClaims {
  private static final double URLS = 365e9;
  private static final int BASE = 62;
  private static final double UUID_VALUES = Math.pow(2, 122);
  private static final double[] SCALED = {
    0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5
  };

  private CollisionClaims() {}

  static List<Claim> all() {
    return List.of(sevenCharactersAreEnough(), uuidsNeverCollide());
  }

  private static Claim sevenCharactersAreEnough() {
    return new Claim(
        "I04",
        "core",
        "7 base-62 characters are enough for 365 billion URLs.",
        "preslavmihaylov/booknotes, system-design-interview/chapter09",
        Verdict.TRUE_ONLY_IF,
        "62^7 = 3.52e12 codes, ten times what is needed. If each is used once, so a counter's. Hashes cut to 7 characters collide like "
            + "birthdays: n codes have n (n - 1) / 2 / 62^7 equal pairs, and the first with probability 1/2 among "
            + "sqrt(2 ln 2 * 62^7) = 2.2 million.",
        "A day's billion new codes, cut from hashes, has 142,000 collisions, and 365 billion 1.9e10: each insert has to ask whether the "
            + "code is taken. Tried with shorter codes, whose collisions can be counted.",
        List.of(
            Parameter.count("characters", 5, 4, 7),
            Parameter.count("urls", 500_000, 50_000, 5_000_000),
            Parameter.count("trials", 2000, 100, 20_000)),
        settings -> {
          int characters = settings.count("characters");
          int urls = settings.count("urls");
          int trials = settings.count("trials");
          double codes = Math.pow(BASE, characters);
          double pairs = Birthdays.pairs(urls, codes);
          double few = Math.pow(BASE, 3);
          int half = (int) Math.round(Birthdays.drawsForHalf(few));
          return Outcome.of(
                  new Check(
                      "characters that the last of 365 billion numbers takes",
                      7,
                      charactersOf((long) URLS - 1),
                      0),
                  new Check(
                      "equal pairs among " + urls + " codes of " + characters + " characters",
                      pairs,
                      Birthdays.countPairs(urls, codes(characters)),
                      4 * Math.sqrt(pairs)),
                  Trials.share(
                      "probability of an equal pair among " + half + " codes of 3 characters",
                      Birthdays.exactProbability(half, few),
                      Birthdays.shareWithEqual(trials, half, codes(3)),
                      trials))
              .with(new Chart(
                  "Equal codes among hashes that are cut short",
                  Axis.log("codes"),
                  Axis.log("equal pairs"),
                  Stream.of(4, 5, 7).flatMap(CollisionClaims::curves).toList()));
        });
  }

  /** How many characters the number takes in base 62. */
  private static int charactersOf(long number) {
    int characters = 0;
    for (long rest = number; rest > 0; rest /= BASE) {
      characters++;
    }
    return characters;
  }

  /** The hashes of one URL after the other, cut to so many characters. */
  private static LongSupplier codes(int characters) {
    long codes = (long) Math.pow(BASE, characters);
    int[] next = {0};
    return () -> Long.remainderUnsigned(Xxh3.hash("https://example.org/" + next[0]++), codes);
  }

  private static Stream<Series> curves(int characters) {
    double codes = Math.pow(BASE, characters);
    double[] sizes =
        map(new double[] {10, 100, 1000, 10_000, 100_000}, pairs -> Math.sqrt(2 * pairs * codes));
    Series theory = Series.of(
        characters + " characters", Mark.LINE, sizes, map(sizes, n -> Birthdays.pairs(n, codes)));
    if (characters > 5) {
      return Stream.of(theory);
    }
    double[] counted = map(new double[] {30, 100, 300}, pairs -> Math.sqrt(2 * pairs * codes));
    return Stream.of(
        theory,
        Series.of(
            "counted",
            Mark.DOTS,
            counted,
            map(counted, n -> Birthdays.countPairs((int) n, codes(characters)))));
  }

  private static Claim uuidsNeverCollide() {
    return new Claim(
        "I05",
        "core",
        "Collisions of random UUIDs are negligible.",
        "Prateeshtalasu/SystemDesignGuide, Phase-09/18",
        Verdict.TRUE,
        "Two of n are equal with probability 1 - exp(-n (n - 1) / 2 / 2^122): 1/2 at sqrt(2 ln 2 * 2^122) = 2.7e18 UUIDs, and 9.4e-20 at "
            + "1e9. The exact probability is 1 - (1 - 1/N)(1 - 2/N)...(1 - (n - 1)/N).",
        "A billion a second come to one half after 86 years. The formula holds if all 122 bits are random: a weak source, or a generator "
            + "cloned with its state, repeats at once. Tried with so few bits that collisions happen.",
        List.of(Parameter.count("bits", 20, 8, 26), Parameter.count("trials", 1000, 100, 20_000)),
        settings -> {
          int bits = settings.count("bits");
          int trials = settings.count("trials");
          double values = Math.pow(2, bits);
          int half = (int) Math.round(Birthdays.drawsForHalf(values));
          return Outcome.of(
                  new Check(
                      "UUIDs for a probability of 1/2, in 1e18",
                      2.715,
                      uuidsForHalf() / 1e18,
                      5e-4),
                  new Check(
                      "probability among 1e9, in 1e-20",
                      9.404,
                      Birthdays.probability(1e9, UUID_VALUES) * 1e20,
                      5e-4),
                  Trials.share(
                      "probability among " + half + " of " + bits + " bits",
                      Birthdays.exactProbability(half, values),
                      Birthdays.shareWithEqual(trials, half, randomBits(bits)),
                      trials))
              .with(new Chart(
                  "Any collision: one curve for every number of bits",
                  Axis.linear("ids / sqrt(2^bits); for a UUID, 1 is 2.3e18"),
                  Axis.linear("probability that two are equal"),
                  List.of(
                      Series.of(
                          "1 - exp(-x^2 / 2)",
                          Mark.LINE,
                          SCALED,
                          map(SCALED, x -> -Math.expm1(-x * x / 2))),
                      collisions(8, trials),
                      collisions(12, trials),
                      collisions(16, trials))));
        });
  }

  private static Series collisions(int bits, int trials) {
    double root = Math.sqrt(Math.pow(2, bits));
    return Series.of(
        bits + " bits",
        Mark.DOTS,
        SCALED,
        map(
            SCALED,
            x -> Birthdays.shareWithEqual(trials, (int) Math.round(x * root), randomBits(bits))));
  }

  private static LongSupplier randomBits(int bits) {
    RandomGenerator random = Settings.random(bits);
    return () -> random.nextLong() >>> (Long.SIZE - bits);
  }

  /** By bisection. */
  private static double uuidsForHalf() {
    double low = 0;
    double high = UUID_VALUES;
    for (int i = 0; i < 200; i++) {
      double middle = (low + high) / 2;
      if (Birthdays.probability(middle, UUID_VALUES) < 0.5) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
