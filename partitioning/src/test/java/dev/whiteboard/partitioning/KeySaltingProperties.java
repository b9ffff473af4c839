package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.core.hash.Xxh3;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KeySaltingProperties {
  @Property
  void subKeysAreDistinct(@ForAll long hash, @ForAll @IntRange(min = 1, max = 1000) int salts) {
    assertEquals(
        salts, LongStream.of(KeySalting.of(salts).read(hash)).distinct().count());
  }

  @Property
  void writeIsAmongWhatIsRead(
      @ForAll long hash, @ForAll @IntRange(min = 1, max = 100) int salts, @ForAll Random random) {
    KeySalting salting = KeySalting.of(salts);
    long written = salting.write(hash, random);
    assertTrue(LongStream.of(salting.read(hash)).anyMatch(sub -> sub == written), "lost");
  }

  @Property
  void moreSaltsKeepTheSubKeysOfFewer(
      @ForAll long hash,
      @ForAll @IntRange(min = 1, max = 100) int fewer,
      @ForAll @IntRange(min = 1, max = 100) int more) {
    long[] all = KeySalting.of(fewer + more).read(hash);
    assertArrayEquals(Arrays.copyOf(all, fewer), KeySalting.of(fewer).read(hash));
  }

  /** Of 160,000 writes each of 16 sub-keys has 10,000 with a standard deviation of sqrt(160000 * 15) / 16 = 97. */
  @Test
  void writesAreSharedEvenly() {
    KeySalting salting = KeySalting.of(16);
    Random random = new Random(3);
    long[] written =
        IntStream.range(0, 160_000).mapToLong(i -> salting.write(42, random)).toArray();
    for (long sub : salting.read(42)) {
      double writes =
          (double) LongStream.of(written).filter(hash -> hash == sub).count();
      assertEquals(10_000, writes, 4 * 97);
    }
  }

  /**
   * s sub-keys thrown at nodes with the shares p have the expected number of owners sum(1 - (1 - p)^s). Which nodes are
   * hit is negatively correlated, so the variance is at most sum q (1 - q) with q = (1 - p)^s. Over 5000 keys.
   */
  @Test
  void ownersOfSubKeysAreThoseOfIndependentKeys() {
    HashRing<String> ring = HashRing.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    int keys = 5000;
    for (int salts : new int[] {2, 8, 16}) {
      double mean = 0;
      double variance = 0;
      for (double share : ring.ownership().values()) {
        double missed = Math.pow(1 - share, salts);
        mean += 1 - missed;
        variance += missed * (1 - missed);
      }
      double owners = 0;
      for (int key = 0; key < keys; key++) {
        Set<String> nodes = new HashSet<>();
        for (long sub : KeySalting.of(salts).read(Xxh3.hash(key))) {
          nodes.add(ring.locate(sub));
        }
        owners += nodes.size();
      }
      assertEquals(mean, owners / keys, 4 * Math.sqrt(variance / keys), salts + " salts");
    }
  }
}
