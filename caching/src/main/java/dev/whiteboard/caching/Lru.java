package dev.whiteboard.caching;

/**
 * Least recently used: the entry that has gone unused for longest leaves.
 *
 * <p><b>Idea.</b> One queue in the order of use; a hit moves its entry to the young end. Mattson, Gecsei, Slutz and
 * Traiger, <i>Evaluation Techniques for Storage Hierarchies</i>, IBM Systems Journal 9(2), 1970: whatever hits in an LRU
 * cache hits in a larger one too, so that it has no anomaly.
 * <b>Cost.</b> O(1); a hit writes six references, under the lock.
 *
 * <p><b>Instead.</b> A scan longer than the cache empties it. {@link Clock} behaves much the same for one bit a hit;
 * {@link TwoQ} and {@link Arc} withstand scans.
 */
final class Lru extends Policy {
  private final NodeQueue queue = new NodeQueue();

  @Override
  void hit(Node node) {
    queue.makeYoungest(node);
  }

  @Override
  Node evict(Node newcomer) {
    return queue.removeEldest();
  }

  @Override
  void admit(Node newcomer) {
    queue.addYoungest(newcomer);
  }

  @Override
  void remove(Node node) {
    queue.remove(node);
  }

  @Override
  void reweigh(Node node, long difference) {
    queue.reweigh(difference);
  }
}
