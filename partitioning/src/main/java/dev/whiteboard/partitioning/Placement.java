package dev.whiteboard.partitioning;

/**
 * Decides where the points of a node lie on a {@link HashRing}, and how a text key is hashed onto it.
 *
 * <p>The ring asks in two steps: how many points a node gets, then where they lie. Where depends on the node's label
 * and the number alone, so a node that keeps its number keeps its points. If the number depends on the other nodes,
 * then a change of one node moves keys between others too.
 *
 * <p>Positions and hashes are unsigned 64-bit numbers. Both must be spread evenly: the ring finds a point through its top
 * bits, and look-ups degrade towards a linear scan where points crowd together.
 */
public interface Placement {
  /**
   * Places virtual node {@code i} of a node at {@code Xxh3.hash(Xxh3.hash(label), i)}. A node has {@code virtualNodes *
   * weight} points, whatever the other nodes are, so that only the keys that must move do. Because the label is hashed
   * on its own, no label and number can be confused with another ("a" + "11" with "a1" + "1"). Keys are hashed with
   * {@code Xxh3.hash(String)}.
   *
   * @param virtualNodes points for each unit of weight, at least 1
   * @return the placement
   * @throws IllegalArgumentException if {@code virtualNodes} is less than 1
   */
  static Placement hashed(int virtualNodes) {
    return new HashedPlacement(virtualNodes);
  }

  /**
   * Places points where libketama places them, for clients that share servers with memcached clients. The label is the
   * server as libketama reads it, for instance {@code 10.0.1.1:11211}. Keys are hashed with MD5.
   *
   * <p>A server of average weight has 160 points, computed from its share of the total weight and rounded down in
   * {@code float}. A change of the total therefore changes the number of points of other servers, and some keys move
   * between them; prefer {@link #hashed(int)} where compatibility is not needed. A server whose share is so small that
   * libketama gives it no point is refused by the ring.
   *
   * @return the placement
   */
  static Placement ketama() {
    return KetamaPlacement.INSTANCE;
  }

  /**
   * Says how many points a node gets.
   *
   * @param weight the node's weight, at least 1
   * @param nodes how many nodes are on the ring, this one included
   * @param totalWeight the weight of all of them
   * @return the number of points; the ring refuses less than 1
   */
  long points(int weight, int nodes, long totalWeight);

  /**
   * Says where the points of a node lie.
   *
   * @param label the node's label, which no other node on the ring has
   * @param points how many points it gets, at least 1
   * @return {@code points} positions in any order
   */
  long[] positions(String label, int points);

  /**
   * Hashes a key.
   *
   * @param key any text
   * @return its position on the ring
   */
  long hash(String key);
}
