package dev.whiteboard.benchmarks.peers;

import com.dynatrace.hash4j.consistent.ConsistentBucketSetHasher;
import com.dynatrace.hash4j.consistent.ConsistentHashing;
import com.dynatrace.hash4j.hashing.Hashing;
import com.dynatrace.hash4j.random.PseudoRandomGeneratorProvider;
import com.google.common.collect.BiMap;
import com.google.common.collect.HashBiMap;
import dev.whiteboard.partitioning.Node;
import java.util.Optional;

/** hash4j's JumpBackAnchorHash, whose numbered buckets are given names. */
final class Hash4jAnchorOwners implements Owners {
  private static final int NO_BUCKET = Integer.MAX_VALUE;

  private final ConsistentBucketSetHasher buckets =
      ConsistentHashing.jumpBackAnchorHash(PseudoRandomGeneratorProvider.splitMix64_V1());
  private final BiMap<Integer, String> names = HashBiMap.create();

  private Hash4jAnchorOwners() {}

  static Factory factory() {
    Factory factory = nodes -> {
      Hash4jAnchorOwners owners = new Hash4jAnchorOwners();
      nodes.stream().map(Node::id).forEach(owners::add);
      return owners;
    };
    return factory.plain();
  }

  @Override
  public Optional<String> locate(String key) {
    return Optional.ofNullable(
        names.get(buckets.getBucket(Hashing.xxh3_64().hashCharsToLong(key))));
  }

  @Override
  public void add(String name) {
    if (names.containsValue(name)) {
      throw new NotApplicable("it knows numbers, not names");
    }
    names.put(buckets.addBucket(), name);
  }

  @Override
  public void remove(String name) {
    Integer bucket = names.inverse().remove(name);
    buckets.removeBucket(bucket == null ? NO_BUCKET : bucket);
  }

  /** {@code getBucket} resets and draws from a generator that all callers share. */
  @Override
  public boolean isForManyReaders() {
    return false;
  }
}
