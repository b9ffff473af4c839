package dev.whiteboard.caching;

import com.google.common.math.LongMath;

/**
 * ARC: divides the cache between entries used once and entries used again, and learns from its ghosts where to divide.
 *
 * <p><b>Idea.</b> Two LRU queues, for entries used once lately and for those used more often; each has a list of ghosts.
 * A request for a ghost of the first says that the first is too small, one for a ghost of the second the opposite: the
 * first queue's target moves by one entry, or by more if its list is the shorter. Megiddo and Modha, <i>ARC: A
 * Self-Tuning, Low Overhead Replacement Cache</i>, FAST 2003.
 * <b>Cost.</b> O(1); as many ghosts as entries, 12 bytes each. A hit moves its entry, under the lock.
 *
 * <p><b>Instead.</b> A hit costs more than in {@link Clock}'s family, and counts beyond two are not known;
 * {@link Adaptive} has neither fault.
 */
final class Arc extends Policy {
  private static final byte ONCE = 0;
  private static final byte AGAIN = 1;

  /** Of which list of ghosts a newcomer was; 0 if of none. */
  private static final char GHOST_OF_ONCE = 1;

  private static final char GHOST_OF_AGAIN = 2;

  private final NodeQueue once = new NodeQueue();
  private final NodeQueue again = new NodeQueue();
  private final GhostList onceGhosts = new GhostList(0);
  private final GhostList againGhosts = new GhostList(0);
  private long maximum;

  /** What the first queue should weigh, in [0, maximum]; the paper's p. */
  private long onceTarget;

  Arc(long maximum) {
    this.maximum = maximum;
  }

  @Override
  void hit(Node node) {
    queue(node).remove(node);
    node.region = AGAIN;
    again.addYoungest(node);
  }

  @Override
  Node evict(Node newcomer) {
    recognise(newcomer);
    boolean fromOnce = !once.isEmpty() && (again.isEmpty() || exceedsTarget(newcomer));
    Node victim = fromOnce ? once.removeEldest() : again.removeEldest();
    limitGhosts();
    (fromOnce ? onceGhosts : againGhosts).add(victim.hash);
    return victim;
  }

  @Override
  void admit(Node newcomer) {
    recognise(newcomer);
    newcomer.region = newcomer.count == 0 ? ONCE : AGAIN;
    queue(newcomer).addYoungest(newcomer);
    limitGhosts();
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
    onceTarget = Math.min(onceTarget, newMaximum);
    limitGhosts();
  }

  private boolean exceedsTarget(Node newcomer) {
    return once.weight() > onceTarget
        || (once.weight() == onceTarget && newcomer.count == GHOST_OF_AGAIN);
  }

  /** Learns from a newcomer that is a ghost, once. */
  private void recognise(Node newcomer) {
    int ofOnce = onceGhosts.size();
    int ofAgain = againGhosts.size();
    if (onceGhosts.remove(newcomer.hash)) {
      newcomer.count = GHOST_OF_ONCE;
      long step = LongMath.saturatedMultiply(Math.max(1, ofAgain / ofOnce), newcomer.weight());
      onceTarget = Math.min(maximum, LongMath.saturatedAdd(onceTarget, step));
    } else if (againGhosts.remove(newcomer.hash)) {
      newcomer.count = GHOST_OF_AGAIN;
      long step = LongMath.saturatedMultiply(Math.max(1, ofOnce / ofAgain), newcomer.weight());
      onceTarget = Math.max(0, onceTarget - step);
    }
  }

  /** Entries and ghosts of the first queue fill the cache once, those of both queues twice. */
  private void limitGhosts() {
    long capacity = GhostList.worth(maximum, once, again);
    onceGhosts.resize(Math.max(0, capacity - once.size()));
    long others = once.size() + again.size() + onceGhosts.size();
    againGhosts.resize(Math.max(0, LongMath.saturatedMultiply(capacity, 2) - others));
  }

  private NodeQueue queue(Node node) {
    return node.region == AGAIN ? again : once;
  }
}
