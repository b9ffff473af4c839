package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;

import dev.whiteboard.core.hash.Xxh3;
import java.util.Arrays;

/** See {@link Placement#hashed(int)}. */
record HashedPlacement(int virtualNodes) implements Placement {
  HashedPlacement {
    checkArgument(virtualNodes >= 1, "virtualNodes must be >= 1, was %s", virtualNodes);
  }

  @Override
  public long points(int weight, int nodes, long totalWeight) {
    return (long) virtualNodes * weight;
  }

  @Override
  public long[] positions(String label, int points) {
    long node = Xxh3.hash(label);
    long[] positions = new long[points];
    Arrays.setAll(positions, i -> Xxh3.hash(node, i));
    return positions;
  }

  @Override
  public long hash(String key) {
    return Xxh3.hash(key);
  }
}
