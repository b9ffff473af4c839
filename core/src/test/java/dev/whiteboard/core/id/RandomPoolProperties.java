package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The seeds are fixed: a test fails because the code changed, never by chance. */
class RandomPoolProperties {
  private static final int COUNT = 200_000;

  private static RandomPool pool(long seed) {
    return new RandomPool(1, new Random(seed)::nextBytes);
  }

  /** Ones among n fair bits: n / 2, standard deviation sqrt(n) / 2. Beyond six for one of 128 counts: 3e-7. */
  @Test
  void everyBitIsFairAndUnrelatedToTheWordBefore() {
    RandomPool pool = pool(1);
    int[] ones = new int[64];
    int[] changes = new int[64];
    long previous = pool.nextLong();
    for (int i = 0; i < COUNT; i++) {
      long word = pool.nextLong();
      for (int bit = 0; bit < 64; bit++) {
        ones[bit] += (int) (word >>> bit & 1);
        changes[bit] += (int) ((word ^ previous) >>> bit & 1);
      }
      previous = word;
    }
    double sixDeviations = 3 * Math.sqrt(COUNT);
    for (int bit = 0; bit < 64; bit++) {
      assertEquals(COUNT / 2.0, ones[bit], sixDeviations);
      assertEquals(COUNT / 2.0, changes[bit], sixDeviations);
    }
  }

  /** Chi-square of 65,536 equally likely pairs of bytes: mean 65,535, standard deviation 362. Beyond six: 2e-9. */
  @Test
  void everyPairOfBytesIsEquallyLikely() {
    RandomPool pool = pool(2);
    int[] seen = new int[1 << 16];
    for (int i = 0; i < 4 * COUNT; i++) {
      long word = pool.nextLong();
      for (int shift = 0; shift < 64; shift += 16) {
        seen[(int) (word >>> shift) & 0xFFFF]++;
      }
    }
    double expected = 16.0 * COUNT / (1 << 16);
    double chiSquare = Arrays.stream(seen)
        .mapToDouble(n -> (n - expected) * (n - expected) / expected)
        .sum();
    assertEquals(65_535, chiSquare, 6 * 362);
  }

  @Test
  void threadsDivideTheWordsAmongThemWithoutLossOrRepetition() throws Exception {
    RandomPool shared = pool(3);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<long[]> draw =
          () -> LongStream.generate(shared::nextLong).limit(COUNT).toArray();
      LongStream all = LongStream.empty();
      for (Future<long[]> run : threads.invokeAll(Collections.nCopies(4, draw))) {
        all = LongStream.concat(all, Arrays.stream(run.get()));
      }
      RandomPool alone = pool(3);
      long[] expected = LongStream.generate(alone::nextLong).limit(4 * COUNT).toArray();
      Arrays.sort(expected);
      assertArrayEquals(expected, all.sorted().toArray());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void stripesAreUnrelated() {
    RandomPool pool = new RandomPool(4, new Random(4)::nextBytes);
    long distinct = Arrays.stream(pool.stripes)
        .flatMapToLong(stripe -> LongStream.generate(stripe::nextLong).limit(COUNT))
        .distinct()
        .count();
    assertTrue(distinct == 4 * COUNT, () -> distinct + " different words");
  }
}
