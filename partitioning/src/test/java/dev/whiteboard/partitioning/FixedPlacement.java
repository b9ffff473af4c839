package dev.whiteboard.partitioning;

import java.util.Map;

/** Points where the test puts them, so that a reader can check the ring by hand; a key's hash is its length. */
record FixedPlacement(Map<String, long[]> positions) implements Placement {
  @Override
  public long points(int weight, int nodes, long totalWeight) {
    return positions.values().iterator().next().length;
  }

  @Override
  public long[] positions(String label, int points) {
    return positions.get(label);
  }

  @Override
  public long hash(String key) {
    return key.length();
  }
}
