package dev.whiteboard.caching;

/**
 * SIEVE: FIFO whose hand passes over what was hit and leaves it in its place.
 *
 * <p><b>Idea.</b> A hit sets the entry's bit. The hand walks from the old end to the young one, clears set bits, and
 * takes the first entry whose bit is clear; there it waits for the next eviction. Newcomers come in behind it and have
 * to prove themselves at once, while entries that were kept are passed again only after a whole round. Zhang, Yang, Yue,
 * Vigfusson and Rashmi, <i>SIEVE is Simpler than LRU</i>, NSDI 2024.
 * <b>Cost.</b> A hit is one plain store, at most; an eviction passes over as many entries as were hit, amortised O(1).
 *
 * <p><b>Instead.</b> It is made for the web's popularity curves. Where keys are read once more after a while, or in loops,
 * it does worse than {@link S3Fifo} and {@link Adaptive}.
 */
final class Sieve extends Policy {
  private final NodeQueue queue = new NodeQueue();

  /** Where the hand waits; the end of the queue before the first round and after each. */
  private Node hand = queue.end();

  @Override
  int largestMark() {
    return 1;
  }

  @Override
  Node evict(Node newcomer) {
    while (queue.isEnd(hand) || hand.mark != 0) {
      hand.mark = 0;
      hand = hand.younger;
    }
    Node victim = hand;
    remove(victim);
    return victim;
  }

  @Override
  void admit(Node newcomer) {
    queue.addYoungest(newcomer);
  }

  @Override
  void remove(Node node) {
    if (node == hand) {
      hand = hand.younger;
    }
    queue.remove(node);
  }

  @Override
  void reweigh(Node node, long difference) {
    queue.reweigh(difference);
  }
}
