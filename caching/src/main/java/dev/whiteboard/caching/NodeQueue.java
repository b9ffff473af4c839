package dev.whiteboard.caching;

/** A doubly linked queue through the nodes themselves: every step is O(1), and nothing is allocated. */
final class NodeQueue {
  /** Both ends in one: {@code younger} of it is the eldest node, {@code older} of it the youngest. */
  private final Node ends = new Node();

  private long size;
  private long weight;

  boolean isEmpty() {
    return size == 0;
  }

  /** How many nodes it holds. */
  long size() {
    return size;
  }

  /** The sum of their weights. */
  long weight() {
    return weight;
  }

  /** The node at the old end; only of a queue that is not empty. */
  Node eldest() {
    return ends.younger;
  }

  /** The node at the young end; only of a queue that is not empty. */
  Node youngest() {
    return ends.older;
  }

  /** The place beyond both ends, whose younger neighbour is the eldest node. */
  Node end() {
    return ends;
  }

  /** Whether this is the place beyond both ends, where a walk along the queue stops. */
  boolean isEnd(Node node) {
    return node == ends;
  }

  void addYoungest(Node node) {
    addYounger(ends.older, node);
  }

  /** Puts a node on the young side of a place in this queue. */
  void addYounger(Node place, Node node) {
    node.older = place;
    node.younger = place.younger;
    place.younger.older = node;
    place.younger = node;
    size++;
    weight += node.weight();
  }

  void remove(Node node) {
    node.older.younger = node.younger;
    node.younger.older = node.older;
    node.older = node;
    node.younger = node;
    size--;
    weight -= node.weight();
  }

  void makeYoungest(Node node) {
    node.older.younger = node.younger;
    node.younger.older = node.older;
    node.older = ends.older;
    node.younger = ends;
    ends.older.younger = node;
    ends.older = node;
  }

  /** Takes out the node at the old end; only of a queue that is not empty. */
  Node removeEldest() {
    Node eldest = ends.younger;
    remove(eldest);
    return eldest;
  }

  /** Tells that a node of this queue is about to weigh more, or less. */
  void reweigh(long difference) {
    weight += difference;
  }
}
