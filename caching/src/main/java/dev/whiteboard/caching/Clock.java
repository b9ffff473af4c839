package dev.whiteboard.caching;

/**
 * CLOCK: FIFO that gives an entry a second chance if it was hit since the hand passed it.
 *
 * <p><b>Idea.</b> A hit sets the entry's bit. For room the hand takes the eldest entry: a set bit is cleared and the
 * entry goes to the young end, a clear one leaves. It behaves nearly as LRU does, and a hit costs one store. Corbató,
 * <i>A Paging Experiment with the Multics System</i>, 1968.
 * <b>Cost.</b> A hit is one plain store, at most; an eviction passes over as many entries as were hit, amortised O(1).
 *
 * <p><b>Instead.</b> A scan sweeps it empty, as it does LRU; {@link Sieve} and {@link Adaptive} do not fall for it.
 */
final class Clock extends Policy {
  private final NodeQueue queue = new NodeQueue();

  @Override
  int largestMark() {
    return 1;
  }

  @Override
  Node evict(Node newcomer) {
    while (queue.eldest().mark != 0) {
      Node hit = queue.eldest();
      hit.mark = 0;
      queue.makeYoungest(hit);
    }
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
