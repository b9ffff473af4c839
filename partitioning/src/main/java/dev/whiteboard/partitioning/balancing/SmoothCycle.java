package dev.whiteboard.partitioning.balancing;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The sequence of smooth weighted round robin: at each step everyone earns credit equal to its weight, and whoever has
 * the most credit, the first if several do, is next and pays the sum of the weights.
 *
 * <p>Those of equal weight take turns in their order, so that only one of each weight has to be looked at. Different
 * weights that sum to W are fewer than √(2W): a cycle takes O(W √W) steps instead of O(W n).
 */
final class SmoothCycle {
  private SmoothCycle() {}

  /** Returns one cycle: each index as often as its weight says. */
  static int[] of(int[] weights) {
    int[] cycle = new int[Math.toIntExact(Arrays.stream(weights).asLongStream().sum())];
    List<Peers> all = peers(weights);
    for (int step = 0; step < cycle.length; step++) {
      Peers next = all.get(0);
      for (Peers peers : all) {
        peers.credit += peers.weight;
        if (peers.isBefore(next)) {
          next = peers;
        }
      }
      cycle[step] = next.take(cycle.length);
    }
    return cycle;
  }

  private static List<Peers> peers(int[] weights) {
    TreeMap<Integer, IntStream.Builder> byWeight = new TreeMap<>();
    for (int i = 0; i < weights.length; i++) {
      byWeight.computeIfAbsent(weights[i], w -> IntStream.builder()).add(i);
    }
    return byWeight.entrySet().stream()
        .map(entry -> new Peers(entry.getKey(), entry.getValue().build().toArray()))
        .toList();
  }

  /** Those of one weight. */
  private static final class Peers {
    final int weight;
    final int[] members;
    int next;

    /** The credit of the member that is next; those behind it have as much, those before it have paid once more. */
    long credit;

    Peers(int weight, int[] members) {
      this.weight = weight;
      this.members = members;
    }

    boolean isBefore(Peers other) {
      return credit > other.credit
          || (credit == other.credit && members[next] < other.members[other.next]);
    }

    int take(int price) {
      int taken = members[next++];
      if (next == members.length) {
        next = 0;
        credit -= price;
      }
      return taken;
    }
  }
}
