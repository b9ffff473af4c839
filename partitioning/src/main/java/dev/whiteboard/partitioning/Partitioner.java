package dev.whiteboard.partitioning;

import java.util.List;
import java.util.Set;

/**
 * Says which node owns a key, given the key's 64-bit hash.
 *
 * <p>A partitioner is a function: the same nodes and the same hash give the same owner, on every machine. It trusts the
 * hash to be well mixed; {@code dev.whiteboard.core.hash.Xxh3} makes one.
 *
 * @param <N> what identifies a node, with {@code equals} and {@code hashCode}
 */
public interface Partitioner<N> {
  /**
   * Finds the owner of a key.
   *
   * @param hash the key's hash; every value is valid
   * @return the node that owns it
   * @throws IllegalStateException if there is no node
   */
  N locate(long hash);

  /**
   * Finds the nodes that hold the copies of a key: the owner first, then those that follow it in a fixed order. The
   * nodes are distinct. While there are zones that hold no copy yet, the next node is in one of them; a node without a
   * zone counts as a zone of its own.
   *
   * @param hash the key's hash; every value is valid
   * @param count how many nodes, in [1, {@code nodes().size()}]
   * @return {@code count} nodes, unmodifiable
   * @throws IllegalArgumentException if {@code count} is out of range
   * @throws IllegalStateException if there is no node
   */
  List<N> replicas(long hash, int count);

  /**
   * Lists the nodes.
   *
   * @return their identities, unmodifiable
   */
  Set<N> nodes();

  /**
   * Lists the nodes with their weights and zones.
   *
   * @return the nodes in the order of {@link #nodes()}, unmodifiable
   */
  List<Node<N>> members();

  /**
   * Compiles the owners into a table, as {@link SlotTable#compile(Partitioner, int, int)} says: look-ups then cost the
   * same whatever the partitioner is, and what a change moves can be counted by {@link RebalancePlan}.
   *
   * @param slots the number of slots, in [1, 2<sup>24</sup>] and at least the number of nodes; the more, the closer the
   *     table is to this partitioner
   * @return a table of the same nodes
   * @throws IllegalArgumentException if {@code slots} is out of range, or two nodes have the same {@code toString}
   */
  default SlotTable<N> compile(int slots) {
    return compile(slots, 1);
  }

  /**
   * Compiles the owners and the copies into a table, as {@link SlotTable#compile(Partitioner, int, int)} says.
   *
   * @param slots the number of slots, in [1, 2<sup>24</sup>] and at least the number of nodes
   * @param copies how many replicas are kept for each slot, in [1, 64]; there may be fewer nodes
   * @return a table of the same nodes
   * @throws IllegalArgumentException if a number is out of range, or two nodes have the same {@code toString}
   */
  default SlotTable<N> compile(int slots, int copies) {
    return SlotTable.compile(this, slots, copies);
  }
}
