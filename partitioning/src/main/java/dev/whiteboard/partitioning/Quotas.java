package dev.whiteboard.partitioning;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How many slots each node should own; immutable, in integers only. Nodes are numbers in the order of their labels, and
 * the load of a node is how many slots it owns.
 *
 * <p>A node's share is {@code slots * weight / total weight}, but no less than one slot: who would get less has one, and
 * the others divide what remains. It is kept as its floor and the exact remainder of the division, so that what is above
 * or below a share is compared without rounding. Shares add up to the slots.
 */
final class Quotas {
  private final int slots;
  private final int[] floors;

  /** What the floors leave out, over a denominator that the shares have in common. */
  private final long[] remainders;

  /** There is at most one node for each slot. Products fit: a weight has 31 bits, {@code slots} 25, all weights 56. */
  Quotas(List<? extends Node<?>> nodes, int slots) {
    this.slots = slots;
    floors = new int[nodes.size()];
    remainders = new long[floors.length];
    long[] weights = nodes.stream().mapToLong(Node::weight).toArray();
    long weight = LongStream.of(weights).sum();
    long left = slots;
    // A slot for a light node lowers the shares of the others; lightest first, so one pass finds
    // all who need that.
    for (int i : sorted(Comparator.comparingLong(i -> weights[i]))) {
      boolean light = weights[i] * left < weight;
      floors[i] = light ? 1 : 0;
      left -= light ? 1 : 0;
      weight -= light ? weights[i] : 0;
    }
    for (int i = 0; i < floors.length; i++) {
      if (floors[i] == 0) {
        floors[i] = (int) (weights[i] * left / weight);
        remainders[i] = weights[i] * left % weight;
      }
    }
  }

  /**
   * The floor or the ceiling of each share, so that they add up. Ceilings go to nodes whose load is above the floor, which
   * lets them keep a slot and so moves the fewest; then to the largest remainders, then in the order of labels. Without
   * loads this is the method of largest remainders.
   */
  int[] nearest(int[] loads) {
    int[] quotas = floors.clone();
    Comparator<Integer> keepers = Comparator.comparing(i -> loads[i] <= floors[i]);
    int[] order = sorted(keepers.thenComparing(i -> remainders[i], Comparator.reverseOrder()));
    int left = slots - IntStream.of(floors).sum();
    for (int k = 0; left > 0; k++) {
      int more = ceiling(order[k]) - floors[order[k]];
      quotas[order[k]] += more;
      left -= more;
    }
    return quotas;
  }

  /**
   * Loads after one node has got its quota, from those most above their shares, or has given up what it had above it, to
   * those most below. The quota is the floor if the others can then keep within their ceilings or floors, else the
   * ceiling. A node within its floor and ceiling keeps what it has.
   */
  int[] adjusted(int[] loads, int node) {
    int[] adjusted = loads.clone();
    long above = 0;
    long below = 0;
    for (int i = 0; i < loads.length; i++) {
      above += i == node ? 0 : Math.max(0, loads[i] - ceiling(i));
      below += i == node ? 0 : Math.max(0, floors[i] - loads[i]);
    }
    if (loads[node] < floors[node]) {
      adjusted[node] = (int) Math.min(ceiling(node), Math.max(floors[node], loads[node] + above));
    } else if (loads[node] > ceiling(node)) {
      adjusted[node] = (int) Math.max(floors[node], Math.min(ceiling(node), loads[node] - below));
    }
    return settled(adjusted, node);
  }

  /** Loads after the slots that nobody has went, one by one, to the node most below its share. */
  int[] filled(int[] loads) {
    return settled(loads, -1);
  }

  /**
   * Adds slots to the nodes most below their shares, or takes them from those most above, until loads add up to the slots.
   * Shares add up too: while there is a slot too few, somebody is below its share, and while there is one too many,
   * somebody above. So no node above its share gains and none below it loses, and none loses its only slot.
   */
  private int[] settled(int[] loads, int except) {
    int[] settled = loads.clone();
    int missing = slots - IntStream.of(loads).sum();
    Comparator<Integer> below = Comparator.<Integer>comparingInt(i -> settled[i] - floors[i])
        .thenComparing(i -> remainders[i], Comparator.reverseOrder());
    PriorityQueue<Integer> first =
        new PriorityQueue<>((missing > 0 ? below : below.reversed()).thenComparing(i -> i));
    IntStream.range(0, loads.length).filter(i -> i != except).forEach(first::add);
    for (int step = Integer.signum(missing); missing != 0; missing -= step) {
      int node = first.remove();
      settled[node] += step;
      first.add(node);
    }
    return settled;
  }

  private int ceiling(int node) {
    return floors[node] + Long.signum(remainders[node]);
  }

  private int[] sorted(Comparator<Integer> order) {
    return IntStream.range(0, floors.length)
        .boxed()
        .sorted(order)
        .mapToInt(i -> i)
        .toArray();
  }
}
