package dev.whiteboard.caching;

/**
 * What an eviction policy sees of an entry: its place in a queue, its key's hash and what the policy notes of it.
 *
 * <p>A cache and the simulator add to it what they keep (key, value). With these fields first, a cache's node takes 40
 * bytes. Everything is guarded by the lock under which the policy runs, except {@link #mark}.
 */
class Node {
  /** The neighbours in the queue that the entry is in; itself while it is in none. */
  Node older = this;

  Node younger = this;

  /** The key's hash, well mixed: sketches and ghosts know the key by it. */
  int hash;

  /** How often it was hit lately, as far as the policy counts. Any thread writes it, with a plain store. */
  byte mark;

  /** Which of the policy's queues it is in. */
  byte region;

  /** A count that the policy keeps under its lock. */
  char count;

  /** Spreads a hash, by the finaliser of MurmurHash3: every bit of the result depends on all of its bits. */
  static int mix(int hash) {
    int mixed = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
    return mixed ^ (mixed >>> 16);
  }

  /** Counts a hit in the mark, up to {@code largest}. Of two that come together one may be lost. */
  void countHit(int largest) {
    if (mark < largest) {
      mark++;
    }
  }

  /** What the entry takes of the capacity: 1 unless the cache weighs its entries. */
  long weight() {
    return 1;
  }
}
