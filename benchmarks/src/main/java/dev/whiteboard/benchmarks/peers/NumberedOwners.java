package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.partitioning.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** A function from a hash to the number of a bucket, and a list that gives each bucket a node. */
final class NumberedOwners implements Owners {
  /** Finds the bucket of a hash. */
  @FunctionalInterface
  interface Buckets {
    int bucket(long hash, int count);
  }

  private final ToLongFunction<String> hash;
  private final Buckets buckets;
  private final boolean anyMayLeave;
  private final List<String> names = new ArrayList<>();

  private NumberedOwners(ToLongFunction<String> hash, Buckets buckets, boolean anyMayLeave) {
    this.hash = hash;
    this.buckets = buckets;
    this.anyMayLeave = anyMayLeave;
  }

  /** Only the last bucket can go. */
  static Factory endsOnly(ToLongFunction<String> hash, Buckets buckets) {
    return factory(hash, buckets, false);
  }

  /** Any node can leave the list; those after it close up. */
  static Factory closingUp(ToLongFunction<String> hash, Buckets buckets) {
    return factory(hash, buckets, true);
  }

  private static Factory factory(
      ToLongFunction<String> hash, Buckets buckets, boolean anyMayLeave) {
    Factory factory = nodes -> {
      NumberedOwners owners = new NumberedOwners(hash, buckets, anyMayLeave);
      nodes.stream().map(Node::id).forEach(owners.names::add);
      return owners;
    };
    return factory.plain();
  }

  @Override
  public Optional<String> locate(String key) {
    return Optional.of(names.get(buckets.bucket(hash.applyAsLong(key), names.size())));
  }

  @Override
  public void add(String name) {
    if (names.contains(name)) {
      throw new NotApplicable("it knows numbers, not names");
    }
    names.add(name);
  }

  @Override
  public void remove(String name) {
    int number = names.indexOf(name);
    if (number < 0) {
      throw new NotApplicable("it knows numbers, not names");
    }
    if (!anyMayLeave && number != names.size() - 1) {
      throw new NotApplicable("only the node that came last can leave");
    }
    names.remove(number);
  }
}
