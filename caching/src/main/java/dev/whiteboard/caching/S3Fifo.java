package dev.whiteboard.caching;

/**
 * S3-FIFO: a small queue filters what comes once, a main queue keeps the rest, and a ghost queue corrects the filter.
 *
 * <p><b>Idea.</b> Newcomers enter the small FIFO queue, a tenth of the cache. At its end an entry with two hits goes on
 * to the main queue; any other leaves and is remembered, as many as fill the main queue, and if it is asked for again
 * while it is remembered it enters the main queue at once. There an entry goes round once for each hit, up to three.
 * Yang, Zhang, Qiu, Yue and Rashmi, <i>FIFO Queues are All You Need for Cache Eviction</i>, SOSP 2023.
 * <b>Cost.</b> A hit is one plain store, at most; an eviction passes over entries that were hit, amortised O(1); 11 bytes
 * of ghost an entry.
 *
 * <p><b>Instead.</b> The small queue has one size, which is wrong for some traffic; {@link Adaptive} finds it.
 */
final class S3Fifo extends Policy {
  private static final byte SMALL = 0;
  private static final byte MAIN = 1;
  private static final char RETURNING = 1;
  private static final int MOST_HITS = 3;
  private static final int HITS_TO_STAY = 2;

  private final NodeQueue small = new NodeQueue();
  private final NodeQueue main = new NodeQueue();
  private final GhostList ghosts;
  private long mainShare;

  S3Fifo(long maximum) {
    mainShare = maximum - maximum / 10;
    ghosts = new GhostList(mainShare);
  }

  @Override
  int largestMark() {
    return MOST_HITS;
  }

  @Override
  Node evict(Node newcomer) {
    recognise(newcomer); // before its ghost makes room for the victim's
    while (main.weight() <= mainShare && !small.isEmpty()) {
      ghosts.resize(GhostList.worth(mainShare, small, main));
      Node eldest = small.removeEldest();
      if (eldest.mark < HITS_TO_STAY) {
        ghosts.add(eldest.hash);
        return eldest;
      }
      enter(eldest);
    }
    return main.isEmpty() ? small.removeEldest() : sweepMain();
  }

  @Override
  void admit(Node newcomer) {
    recognise(newcomer);
    if (newcomer.count == RETURNING) {
      enter(newcomer);
    } else {
      newcomer.region = SMALL;
      small.addYoungest(newcomer);
    }
  }

  @Override
  void remove(Node node) {
    queue(node).remove(node);
  }

  @Override
  void reweigh(Node node, long difference) {
    queue(node).reweigh(difference);
  }

  @Override
  void resize(long maximum) {
    mainShare = maximum - maximum / 10;
  }

  private Node sweepMain() {
    while (main.eldest().mark > 0) {
      Node hit = main.eldest();
      hit.mark--;
      main.makeYoungest(hit);
    }
    return main.removeEldest();
  }

  private void enter(Node node) {
    node.mark = 0;
    node.region = MAIN;
    main.addYoungest(node);
  }

  private void recognise(Node newcomer) {
    if (ghosts.remove(newcomer.hash)) {
      newcomer.count = RETURNING;
    }
  }

  private NodeQueue queue(Node node) {
    return node.region == MAIN ? main : small;
  }
}
