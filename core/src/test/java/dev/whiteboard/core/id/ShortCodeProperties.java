package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The keys of the statistical tests are fixed: a test fails because the code changed, never by chance. */
class ShortCodeProperties {
  @Property
  void everyNumberReadsBack(
      @ForAll long key, @ForAll @IntRange(min = 1, max = 10) int width, @ForAll long any) {
    ShortCode codes = ShortCode.builder(key).width(width).build();
    long number = Math.floorMod(any, codes.size());
    assertEquals(width, codes.encode(number).length());
    assertEquals(number, codes.decode(codes.encode(number)));
  }

  @Property
  void everyTextIsTheCodeOfANumber(@ForAll long key, @ForAll long seed) {
    ShortCode codes = ShortCode.builder(key).build();
    StringBuilder text = new StringBuilder();
    new Random(seed).ints(7, 0, 62).forEach(i -> text.append(ShortCode.BASE62.charAt(i)));
    assertEquals(text.toString(), codes.encode(codes.decode(text.toString())));
  }

  /** As many different codes as numbers: nothing collides and nothing is left out. */
  @Property(tries = 60)
  void smallDomainsArePermutedWhole(
      @ForAll long key,
      @ForAll @IntRange(min = 2, max = 62) int symbols,
      @ForAll @IntRange(min = 1, max = 12) int width) {
    Assume.that(Math.pow(symbols, width) <= 20_000);
    ShortCode codes = ShortCode.builder(key)
        .alphabet(ShortCode.BASE62.substring(0, symbols))
        .width(width)
        .build();
    Set<String> seen = new HashSet<>();
    for (long number = 0; number < codes.size(); number++) {
      String code = codes.encode(number);
      assertTrue(seen.add(code), "a collision");
      assertEquals(number, codes.decode(code));
    }
    assertEquals((long) Math.pow(symbols, width), seen.size());
  }

  /**
   * Rises of a random sequence of n: mean n / 2, standard deviation sqrt(n / 12) = 91. Beyond six for one of 30: 6e-8.
   * The second step changes the upper half of the bits only, the third is a step of one in the third symbol.
   */
  @Property(tries = 10, seed = "1")
  void codesOfEvenlySpacedNumbersRiseAndFallAsAtRandom(@ForAll long key) {
    ShortCode codes = ShortCode.builder(key).build();
    int count = 100_000;
    for (long step : new long[] {1, 1L << 21, 62 * 62 * 62 * 62}) {
      int rises = 0;
      String previous = codes.encode(0);
      for (long i = 1; i <= count; i++) {
        String code = codes.encode(i * step);
        rises += code.compareTo(previous) > 0 ? 1 : 0;
        previous = code;
      }
      assertEquals(count / 2.0, rises, 6 * 91.3);
    }
  }

  /** Chi-square of 62 equally likely symbols: mean 61, standard deviation 11. Above 140 in one of 70 tries: 3e-6. */
  @Property(tries = 10, seed = "2")
  void everySymbolIsEquallyLikelyAtEveryPosition(@ForAll long key) {
    ShortCode codes = ShortCode.builder(key).build();
    int count = 62_000;
    int[][] seen = new int[7]['z' + 1];
    for (long number = 0; number < count; number++) {
      String code = codes.encode(number);
      for (int i = 0; i < 7; i++) {
        seen[i][code.charAt(i)]++;
      }
    }
    for (int[] position : seen) {
      double chiSquare = ShortCode.BASE62
          .chars()
          .mapToDouble(c -> Math.pow(position[c] - count / 62.0, 2) / (count / 62.0))
          .sum();
      assertTrue(chiSquare < 140, () -> "chi-square " + chiSquare);
    }
  }

  /**
   * Two codes that are neighbours tell nothing of the next two: distances repeat as seldom as those of random numbers.
   * Among 10,000 distances below 62^7 the expected number of equal pairs is 2e-5.
   */
  @Test
  void distancesBetweenNeighboursDoNotRepeat() {
    ShortCode codes = ShortCode.builder(11).build();
    Set<Long> distances = new HashSet<>();
    long previous = valueOf(codes.encode(0));
    for (long number = 1; number <= 10_000; number++) {
      long code = valueOf(codes.encode(number));
      distances.add(code - previous);
      previous = code;
    }
    assertEquals(10_000, distances.size());
  }

  /** Two random permutations agree in k places with probability 1 / (e k!): more than 12 of them, 6e-11. */
  @Property(tries = 50, seed = "3")
  void anotherKeyIsAnotherPermutation(@ForAll long key) {
    ShortCode one = ShortCode.builder(key).width(2).build();
    ShortCode other = ShortCode.builder(key ^ 1).width(2).build();
    int alike = 0;
    for (long number = 0; number < one.size(); number++) {
      alike += one.encode(number).equals(other.encode(number)) ? 1 : 0;
    }
    int agreements = alike;
    assertTrue(alike <= 12, () -> agreements + " codes alike");
  }

  private static long valueOf(String code) {
    return code.chars().mapToLong(ShortCode.BASE62::indexOf).reduce(0, (sum, d) -> sum * 62 + d);
  }
}
