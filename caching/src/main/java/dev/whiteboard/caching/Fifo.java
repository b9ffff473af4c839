package dev.whiteboard.caching;

/**
 * First in, first out: the entry that came first leaves first, however often it was hit.
 *
 * <p><b>Idea.</b> One queue in the order of arrival. A hit changes nothing.
 * <b>Cost.</b> O(1), nothing on a hit.
 *
 * <p><b>Instead.</b> A larger FIFO cache can hit less than a smaller one (Belady, Nelson and Shedler, <i>An Anomaly in
 * Space-Time Characteristics of Certain Programs Running in a Paging Machine</i>, CACM 12(6), 1969); one bit per entry
 * makes it {@link Clock}.
 */
final class Fifo extends Policy {
  private final NodeQueue queue = new NodeQueue();

  @Override
  int largestMark() {
    return 0;
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
