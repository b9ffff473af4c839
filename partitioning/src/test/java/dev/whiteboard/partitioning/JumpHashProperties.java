package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.core.hash.Xxh3;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JumpHashProperties {
  private static JumpHash<Integer> numbered(int nodes) {
    return JumpHash.create(IntStream.range(0, nodes).mapToObj(Node::of).toList());
  }

  @Property
  void oneBucketMoreTakesKeysAndNoOtherBucketDoes(
      @ForAll long key, @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE - 1) int buckets) {
    int before = JumpHash.bucket(key, buckets);
    int after = JumpHash.bucket(key, buckets + 1);
    assertTrue(before >= 0 && before < buckets, "bucket " + before);
    assertTrue(after == before || after == buckets, before + " became " + after);
  }

  /** The key's last jump among {@code buckets} ends at its bucket: with one bucket less than that it is elsewhere. */
  @Property
  void bucketIsTheLastOneThatTheKeyJumpedTo(
      @ForAll long key, @ForAll @IntRange(min = 1, max = 1_000_000) int buckets) {
    int bucket = JumpHash.bucket(key, buckets);
    assertEquals(bucket, JumpHash.bucket(key, bucket + 1));
    assertTrue(bucket == 0 || JumpHash.bucket(key, bucket) < bucket, "no jump to " + bucket);
  }

  @Property(tries = 200)
  void ownerIsTheNodeWithTheBucketsNumber(
      @ForAll long hash, @ForAll @IntRange(min = 1, max = 50) int nodes) {
    assertEquals(JumpHash.bucket(hash, nodes), numbered(nodes).locate(hash));
  }

  @Property(tries = 200)
  void withoutLastUndoesWith(@ForAll long hash, @ForAll @IntRange(min = 1, max = 50) int nodes) {
    JumpHash<Integer> jump = numbered(nodes);
    JumpHash<Integer> again = jump.with(Node.of(nodes)).withoutLast();
    assertEquals(jump.members(), again.members());
    assertEquals(jump.locate(hash), again.locate(hash));
    assertEquals(jump.replicas(hash, nodes), again.replicas(hash, nodes));
  }

  @Property(tries = 200)
  void replicasAreTheOwnersOfFurtherHashes(
      @ForAll long hash, @ForAll @IntRange(min = 1, max = 20) int nodes) {
    Set<Integer> owners = new LinkedHashSet<>(List.of(JumpHash.bucket(hash, nodes)));
    for (long i = 1; owners.size() < nodes; i++) {
      owners.add(JumpHash.bucket(Xxh3.hash(hash, -i), nodes));
    }
    for (int count = 1; count <= nodes; count++) {
      assertEquals(
          new ArrayList<>(owners).subList(0, count), numbered(nodes).replicas(hash, count));
    }
  }

  /** Of K keys a bucket has K/n on average with variance K/n (1 - 1/n); 127 counts within four standard deviations. */
  @Test
  void sequentialKeysAreSpreadEvenly() {
    int keys = 200_000;
    for (int buckets : new int[] {2, 3, 7, 15, 100}) {
      int[] counts = new int[buckets];
      for (int key = 0; key < keys; key++) {
        counts[JumpHash.bucket(key, buckets)]++;
      }
      double mean = keys / (double) buckets;
      double sigma = Math.sqrt(mean * (1 - 1.0 / buckets));
      for (int bucket = 0; bucket < buckets; bucket++) {
        assertEquals(mean, counts[bucket], 4 * sigma, bucket + " of " + buckets);
      }
    }
  }

  /** A node is the second copy of a key as often as it is the first: the formula is that of the keys above. */
  @Test
  void secondCopiesAreSpreadEvenly() {
    int keys = 100_000;
    int nodes = 10;
    int[] counts = new int[nodes];
    JumpHash<Integer> jump = numbered(nodes);
    for (int key = 0; key < keys; key++) {
      counts[jump.replicas(Xxh3.hash(key), 2).get(1)]++;
    }
    double sigma = Math.sqrt(keys * 0.1 * 0.9);
    for (int node = 0; node < nodes; node++) {
      assertEquals(keys * 0.1, counts[node], 4 * sigma, "node " + node);
    }
  }
}
