package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whiteboard.core.hash.Xxh3;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class KeySaltingTest {
  @Test
  void read_threeSalts_beginsWithTheKeyItself() {
    assertArrayEquals(
        new long[] {42, Xxh3.hash(42, 1), Xxh3.hash(42, 2)}, KeySalting.of(3).read(42));
  }

  @Test
  void of_oneSalt_changesNothing() {
    assertArrayEquals(new long[] {42}, KeySalting.of(1).read(42));
    assertEquals(42, KeySalting.of(1).write(42, scripted(7)));
  }

  /** Of four salts, two bits of the generator's number choose one. */
  @Test
  void write_choiceOfTheGenerator_isTheSalt() {
    KeySalting salting = KeySalting.of(4);
    assertEquals(42, salting.write(42, scripted(0)));
    assertEquals(Xxh3.hash(42, 1), salting.write(42, scripted(1L << 32)));
    assertEquals(Xxh3.hash(42, 3), salting.write(42, scripted(-1)));
  }

  private static RandomGenerator scripted(long next) {
    return () -> next;
  }

  @Test
  void salted_largest_isAllowed() {
    KeySalting salting = KeySalting.of(KeySalting.MAX_SALTS);
    assertEquals(Xxh3.hash(-1, 65_535), salting.salted(-1, 65_535));
    assertEquals(65_536, salting.read(-1).length);
  }

  @Test
  void badArgument_isRefused() {
    assertEquals("salts must be in [1, 65536], was 0", refused(() -> KeySalting.of(0)));
    assertEquals("salts must be in [1, 65536], was 65537", refused(() -> KeySalting.of(65_537)));
    assertEquals("salt must be in [0, 4), was 4", refused(() -> KeySalting.of(4).salted(0, 4)));
    assertEquals(
        "salt must be in [0, 4), was -1", refused(() -> KeySalting.of(4).salted(0, -1)));
    assertEquals(
        "random",
        assertThrows(NullPointerException.class, () -> KeySalting.of(4).write(0, null))
            .getMessage());
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  /** The share of the first of n keys under Zipf's law with exponent 1 is 1 / H(n). */
  @Test
  void firstOfAMillionZipfKeys_hasSevenPercent() {
    double harmonic =
        IntStream.rangeClosed(1, 1_000_000).mapToDouble(i -> 1.0 / i).sum();
    assertEquals(0.06948, 1 / harmonic, 0.000005);
  }

  /** One key is one node's, whatever the number of nodes; 16 salts put it on several. */
  @Test
  void hotKey_onHundredNodes_isSpread() {
    HashRing.Builder<Integer> builder = HashRing.builder();
    IntStream.range(0, 100).forEach(i -> builder.node(Node.of(i)));
    HashRing<Integer> ring = builder.build();
    long celebrity = Xxh3.hash("celebrity");
    Map<Integer, Integer> owners = new HashMap<>();
    for (long hash : KeySalting.of(16).read(celebrity)) {
      owners.merge(ring.locate(hash), 1, Integer::sum);
    }
    assertEquals(1, owners.get(ring.locate(celebrity)));
    assertEquals(16, owners.values().stream().mapToInt(i -> i).sum());
    assertEquals(15, owners.size());
  }
}
