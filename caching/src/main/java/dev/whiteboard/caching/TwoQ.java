package dev.whiteboard.caching;

/**
 * 2Q: newcomers queue apart, and only those that are asked for again soon after they left become residents.
 *
 * <p><b>Idea.</b> A quarter of the cache is a FIFO queue of newcomers, where a hit means nothing: uses in quick
 * succession are one use. Who leaves it is remembered, as many as fill half the cache; whoever is asked for while it is
 * remembered comes into the main queue, which is LRU. Johnson and Shasha, <i>2Q: A Low Overhead High Performance Buffer
 * Management Replacement Algorithm</i>, VLDB 1994 (the full version, with its recommended sizes).
 * <b>Cost.</b> O(1); 6 bytes of ghost an entry.
 *
 * <p><b>Instead.</b> The sizes are fixed; {@link Arc} adapts them.
 */
final class TwoQ extends Policy {
  private static final byte NEW = 0;
  private static final byte MAIN = 1;
  private static final char RETURNING = 1;

  private final NodeQueue fresh = new NodeQueue();
  private final NodeQueue main = new NodeQueue();
  private final GhostList ghosts;
  private long maximum;

  TwoQ(long maximum) {
    this.maximum = maximum;
    ghosts = new GhostList(maximum / 2);
  }

  @Override
  void hit(Node node) {
    if (node.region == MAIN) {
      main.makeYoungest(node);
    }
  }

  @Override
  Node evict(Node newcomer) {
    recognise(newcomer); // before its ghost makes room for the victim's
    if (fresh.weight() <= maximum / 4 && !main.isEmpty()) {
      return main.removeEldest();
    }
    ghosts.resize(GhostList.worth(maximum / 2, fresh, main));
    Node victim = fresh.removeEldest();
    ghosts.add(victim.hash);
    return victim;
  }

  @Override
  void admit(Node newcomer) {
    recognise(newcomer);
    newcomer.region = newcomer.count == RETURNING ? MAIN : NEW;
    queue(newcomer).addYoungest(newcomer);
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
  void resize(long newMaximum) {
    maximum = newMaximum;
  }

  private void recognise(Node newcomer) {
    if (ghosts.remove(newcomer.hash)) {
      newcomer.count = RETURNING;
    }
  }

  private NodeQueue queue(Node node) {
    return node.region == MAIN ? main : fresh;
  }
}
