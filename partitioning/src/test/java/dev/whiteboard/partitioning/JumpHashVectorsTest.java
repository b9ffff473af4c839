package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.hash.Hashing;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs of the reference code and of implementations that agree with it. */
class JumpHashVectorsTest {
  /** dgryski/go-jump, jump_test.go, "Generated from the reference C++ code": both sides of every jump. */
  @ParameterizedTest
  @CsvSource({
    "0, 20, 0",
    "1, 6, 0",
    "1, 7, 6",
    "1, 17, 6",
    "1, 18, 17",
    "3735928559, 1, 0",
    "3735928559, 2, 1",
    "3735928559, 3, 2",
    "3735928559, 4, 3",
    "3735928559, 5, 3",
    "3735928559, 6, 5",
    "3735928559, 16, 5",
    "3735928559, 17, 16",
    "998690804919562253, 2, 1",
    "998690804919562253, 15, 2",
    "998690804919562253, 16, 15"
  })
  void agreesWithTheReferenceCode(long key, int buckets, int bucket) {
    assertEquals(bucket, JumpHash.bucket(key, buckets));
  }

  /** dgryski/go-jump, jump_test.go, collected from issues. */
  @ParameterizedTest
  @CsvSource({
    "10863919174838991, 11, 6",
    "2016238256797177309, 11, 3",
    "1673758223894951030, 11, 5",
    "2, 100001, 80343",
    "2201, 100001, 22152",
    "2202, 100001, 15018"
  })
  void agreesWithGo(long key, int buckets, int bucket) {
    assertEquals(bucket, JumpHash.bucket(key, buckets));
  }

  /** google/guava, HashingTest.testConsistentHash_linearCongruentialGeneratorCompatibility. */
  @Test
  void agreesWithGuavasGoldenBuckets() {
    int[] golden = {0, 55, 62, 8, 45, 59, 86, 97, 82, 59, 73, 37, 17, 56, 86, 21, 90, 37, 38, 83};
    assertEquals(
        IntStream.of(golden).boxed().toList(),
        IntStream.range(0, 20).mapToObj(key -> JumpHash.bucket(key, 100)).toList());
  }

  /** A difference once in 2^31 / ln(buckets) keys, or once in 1,000 such seeds. */
  @Test
  void agreesWithGuavaOnRandomKeys() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200_000; i++) {
      long key = random.nextLong();
      int buckets = random.nextInt(1, 100_000);
      assertEquals(Hashing.consistentHash(key, buckets), JumpHash.bucket(key, buckets));
    }
  }

  /**
   * The paper's listing divides 2^31 by the draw before it multiplies, and 49 * (1 / 49) is less than 1 in doubles: the
   * first key, at bucket 48, draws 49 * 2^25 and jumps to 63, where a single rounding gives 64. The others draw 2^31, the
   * largest, and jump by one; an {@code int} would overflow.
   */
  @ParameterizedTest
  @CsvSource({
    "-5324646543899923845, 64, 63",
    "-4975262740740777463, 2, 1",
    "7993130765891126440, 3, 2",
    "-8667156882501517453, 6, 5",
    "483307144691329242, 8, 7"
  })
  void roundsAsThePapersListing(long key, int buckets, int bucket) {
    assertEquals(bucket, JumpHash.bucket(key, buckets));
  }
}
