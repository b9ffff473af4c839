package dev.whiteboard.estimation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Places things in a row: in their order, no closer than they may stand, and as near as can be to where they belong.
 *
 * <p><b>Idea.</b> Take away the distances that they must keep, and what is left is a least-squares fit that never falls:
 * whoever would stand in front of its predecessor is pooled with it, and the pool stands at its mean. Ayer, Brunk, Ewing,
 * Reid and Silverman, <i>An Empirical Distribution Function for Sampling with Incomplete Information</i>, 1955.
 */
final class Spacing {
  private final List<Double> offsets = new ArrayList<>();
  private final Deque<Pool> pools = new ArrayDeque<>();

  /** Neighbours that stand as close as they may. */
  private record Pool(int size, double sum, double weight) {
    double mean() {
      return sum / weight;
    }

    Pool with(Pool other) {
      return new Pool(size + other.size, sum + other.sum, weight + other.weight);
    }
  }

  /** Adds what belongs at {@code wanted}; it stands at least {@code distance} behind the one added before it. */
  void add(double distance, double wanted, double weight) {
    double offset = offsets.isEmpty() ? 0 : offsets.get(offsets.size() - 1) + distance;
    offsets.add(offset);
    Pool pool = new Pool(1, weight * (wanted - offset), weight);
    while (!pools.isEmpty() && pools.getLast().mean() > pool.mean()) {
      pool = pool.with(pools.removeLast());
    }
    pools.addLast(pool);
  }

  /** Returns where each stands, in the order in which they were added. */
  List<Double> places() {
    List<Double> places = new ArrayList<>();
    for (Pool pool : pools) {
      for (int i = 0; i < pool.size; i++) {
        places.add(pool.mean() + offsets.get(places.size()));
      }
    }
    return places;
  }
}
