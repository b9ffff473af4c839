package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** Tables printed by the paper and by implementations of it, from the offsets and skips that they have there. */
class MaglevTableVectorsTest {
  private static int[] ints(int... values) {
    return values;
  }

  /** Eisenbud et al., NSDI 2016, table 1, before. */
  @Test
  void agreesWithThePaper() {
    assertArrayEquals(
        ints(1, 0, 1, 0, 2, 2, 0),
        MaglevTable.fill(ints(3, 0, 3), ints(4, 2, 1), ints(1, 1, 1), 7));
  }

  /** Table 1, after: backend 1 is gone, and backend 2 is the second of two. */
  @Test
  void agreesWithThePaperAfterARemoval() {
    assertArrayEquals(
        ints(0, 0, 0, 0, 1, 1, 1), MaglevTable.fill(ints(3, 3), ints(4, 1), ints(1, 1), 7));
  }

  /** dgryski/go-maglev, maglev_test.go: permutations 2 6 3 0 4 1 5, 0 5 3 1 6 4 2 and 1 3 5 0 2 4 6. */
  @Test
  void agreesWithGo() {
    assertArrayEquals(
        ints(1, 2, 0, 2, 0, 1, 0),
        MaglevTable.fill(ints(2, 0, 1), ints(4, 5, 2), ints(1, 1, 1), 7));
  }

  /** The same with backend 1 dead. */
  @Test
  void agreesWithGoAfterARemoval() {
    assertArrayEquals(
        ints(0, 1, 0, 1, 0, 1, 0), MaglevTable.fill(ints(2, 1), ints(4, 2), ints(1, 1), 7));
  }

  /** envoyproxy/envoy, maglev_lb_test.cc, Basic: XXH64 of 127.0.0.1:90 to 95, seed 0 mod 7 and seed 1 mod 6, plus 1. */
  @Test
  void agreesWithEnvoy() {
    assertArrayEquals(
        ints(2, 4, 0, 1, 5, 0, 3),
        MaglevTable.fill(
            ints(2, 3, 0, 3, 1, 1), ints(4, 6, 2, 3, 3, 5), ints(1, 1, 1, 1, 1, 1), 7));
  }

  /** BasicWithHostName: the same of the names 90 to 95. */
  @Test
  void agreesWithEnvoyOnHostNames() {
    assertArrayEquals(
        ints(2, 5, 0, 3, 4, 1, 0),
        MaglevTable.fill(
            ints(6, 5, 0, 3, 4, 4), ints(6, 5, 2, 2, 1, 1), ints(1, 1, 1, 1, 1, 1), 7));
  }

  /** Weighted: 127.0.0.1:90 and 91 with weights 1 and 2 at 17 slots. */
  @Test
  void agreesWithEnvoyOnWeights() {
    assertArrayEquals(
        ints(1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0, 1),
        MaglevTable.fill(ints(1, 9), ints(6, 14), ints(1, 2), 17));
  }
}
