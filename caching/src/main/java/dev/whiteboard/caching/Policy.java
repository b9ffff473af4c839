package dev.whiteboard.caching;

/**
 * Decides which entry leaves a full cache. The same object runs in the simulator and in a cache.
 *
 * <p>A policy holds every cached node in its queues. The cache makes room before it lets a newcomer in: for a key that is
 * not cached it calls {@link #evict} until there is room, and then {@link #admit}. One thread at a time calls it.
 */
abstract class Policy {
  /** What {@link #largestMark} says if a hit does more. */
  static final int NEEDS_LOCK = -1;

  /** How far a hit counts in {@link Node#mark}, if it does nothing else: any thread may do so without a lock. */
  int largestMark() {
    return NEEDS_LOCK;
  }

  /** An entry was read, or its value was replaced. */
  void hit(Node node) {
    node.countHit(largestMark());
  }

  /**
   * Takes an entry out to make room, and returns it. There is at least one entry.
   *
   * @param newcomer the node that wants in, not in any queue yet; or a cached one that wants to weigh more, which may be
   *     the one that leaves
   */
  abstract Node evict(Node newcomer);

  /** Lets a node in whose key is not cached. */
  abstract void admit(Node newcomer);

  /** Takes out an entry that leaves for another reason: it was removed, or has expired. */
  abstract void remove(Node node);

  /** An entry's weight is about to change by {@code difference}; there is room for it. */
  abstract void reweigh(Node node, long difference);

  /** The cache's maximum weight is another one from now on; the cache evicts what is too much. */
  void resize(long maximum) {}
}
