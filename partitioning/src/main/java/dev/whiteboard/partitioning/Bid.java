package dev.whiteboard.partitioning;

/**
 * What a node draws for a key in rendezvous hashing. The order is that in which the nodes want the key: the highest score
 * first, then the highest draw, then the first label.
 *
 * @param node the node's place in the order of labels
 * @param draw a hash of node and key
 * @param score the draw, as the node's weight bends it: the highest of all with probability w / Σw
 */
record Bid(int node, long draw, double score) implements Comparable<Bid> {
  static Bid of(int node, int weight, long draw) {
    return new Bid(node, draw, score(weight, draw));
  }

  /** One over an exponential variable of rate {@code weight}. Machines differ in {@code Math}'s logarithms. */
  static double score(int weight, long draw) {
    return -weight / StrictMath.log(fraction(draw));
  }

  /** In (0, 1), both ends excluded: half a step up, and the largest is 1 - 2<sup>-53</sup>. */
  static double fraction(long draw) {
    return ((draw >>> 12) + 0.5) * 0x1p-52;
  }

  @Override
  public int compareTo(Bid other) {
    int byScore = Double.compare(other.score, score);
    int byDraw = byScore != 0 ? byScore : Long.compareUnsigned(other.draw, draw);
    return byDraw != 0 ? byDraw : Integer.compare(node, other.node);
  }
}
