package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A member of a partitioned system.
 *
 * @param <N> what identifies a node, with {@code equals} and {@code hashCode}
 * @param id the node's identity, for instance its address
 * @param weight its share of the keys relative to the other nodes, at least 1
 * @param zone what fails together with it (a rack, a data centre); empty if that is not known
 */
public record Node<N>(N id, int weight, String zone) {
  /**
   * Creates a node.
   *
   * @param id the node's identity
   * @param weight its share of the keys relative to the other nodes, at least 1
   * @param zone what fails together with it; empty if that is not known
   * @throws NullPointerException if {@code id} or {@code zone} is null
   * @throws IllegalArgumentException if {@code weight} is less than 1
   */
  public Node {
    requireNonNull(id, "id");
    checkArgument(weight >= 1, "weight must be >= 1, was %s", weight);
    requireNonNull(zone, "zone");
  }

  /**
   * Creates a node of weight 1 without a zone.
   *
   * @param <N> what identifies a node
   * @param id the node's identity
   * @return the node
   * @throws NullPointerException if {@code id} is null
   */
  public static <N> Node<N> of(N id) {
    return of(id, 1);
  }

  /**
   * Creates a node without a zone.
   *
   * @param <N> what identifies a node
   * @param id the node's identity
   * @param weight its share of the keys relative to the other nodes, at least 1
   * @return the node
   * @throws NullPointerException if {@code id} is null
   * @throws IllegalArgumentException if {@code weight} is less than 1
   */
  public static <N> Node<N> of(N id, int weight) {
    return new Node<>(id, weight, "");
  }

  /**
   * Puts the node into a zone.
   *
   * @param zone what fails together with the node; empty for none
   * @return a node with the same identity and weight in that zone
   * @throws NullPointerException if {@code zone} is null
   */
  public Node<N> inZone(String zone) {
    return new Node<>(id, weight, zone);
  }
}
