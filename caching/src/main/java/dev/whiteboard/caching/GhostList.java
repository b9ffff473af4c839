package dev.whiteboard.caching;

/**
 * Remembers the hashes of keys that left a cache, and forgets the eldest when there are too many.
 *
 * <p><b>Idea.</b> A ring holds the hashes in order of arrival; an open-addressed table of places in the ring finds them.
 * A hash that is taken out leaves a gap, which closes when the eldest end passes it, or all at once when the ring is
 * full. The table closes its own gaps by shifting back (Knuth, <i>The Art of Computer Programming</i> 3, 6.4, algorithm
 * R).
 * <b>Cost.</b> O(1), amortised; 12 bytes a ghost at the bound, and nothing is allocated once the list is full. Two keys
 * with one 32-bit hash are one ghost: with a million ghosts, one look-up in 4,000 finds a ghost of another key.
 * <b>Thread safety.</b> None.
 */
final class GhostList {
  private static final int SMALLEST_RING = 16;

  /** Keeps the table, 7/5 as long, within an array. */
  private static final int LARGEST_RING = 1 << 30;

  private long bound;

  /** The hashes, from {@code first} on, {@code used} places with the gaps. */
  private int[] ring = new int[SMALLEST_RING];

  private int first;
  private int used;

  /** For each hash its place in the ring and 1, or 0 if the slot is free. */
  private int[] table = new int[tableLength(SMALLEST_RING)];

  private int size;

  /** An empty list; its memory grows with the ghosts, not with the bound, which is at least 0. */
  GhostList(long bound) {
    this.bound = bound;
  }

  /**
   * How many entries fill a share of a cache, at the average weight of those that are cached: what a ghost weighed is not
   * kept. With weights of 1 this is the share itself.
   */
  static long worth(long share, NodeQueue queue, NodeQueue other) {
    double entries = (double) queue.size() + other.size();
    double weight = (double) queue.weight() + other.weight();
    return entries == weight ? share : (long) (share * (entries / weight));
  }

  int size() {
    return size;
  }

  /** Adds a hash as the youngest, also if it is there; a full list forgets its eldest. */
  void add(int hash) {
    remove(hash);
    shrinkTo(bound - 1);
    if (bound == 0) {
      return;
    }
    if (used == ring.length) {
      makeRoom();
    }
    put(hash);
  }

  boolean contains(int hash) {
    return table[find(hash)] != 0;
  }

  /** Takes a hash out, and tells whether it was there. */
  boolean remove(int hash) {
    int slot = find(hash);
    if (table[slot] == 0) {
      return false;
    }
    free(slot);
    size--;
    return true;
  }

  /** Sets the largest number of ghosts, at least 0, and forgets the eldest of those that are too many. */
  void resize(long newBound) {
    bound = newBound;
    shrinkTo(newBound);
    if (ring.length / 4 > largestRing()) {
      rebuild(largestRing());
    }
  }

  private void shrinkTo(long newSize) {
    while (size > Math.max(0, newSize)) {
      int slot = find(ring[first]);
      if (table[slot] == first + 1) {
        free(slot);
        size--;
      }
      first = place(1);
      used--;
    }
  }

  /** Closes the gaps of a ring that is full; where there are few and the bound allows it, makes a longer ring. */
  private void makeRoom() {
    if (ring.length < largestRing() && size > ring.length / 5 * 4) {
      rebuild((int) Math.min(2L * ring.length, largestRing()));
    } else {
      closeGaps();
      shrinkTo(ring.length - 1L);
    }
  }

  private void closeGaps() {
    int kept = 0;
    for (int i = 0; i < used; i++) {
      int place = place(i);
      int hash = ring[place];
      int slot = find(hash);
      if (table[slot] == place + 1) {
        int moved = place(kept++);
        ring[moved] = hash;
        table[slot] = moved + 1;
      }
    }
    used = kept;
  }

  private void rebuild(int length) {
    closeGaps();
    int[] longer = new int[length];
    for (int i = 0; i < used; i++) {
      longer[i] = ring[place(i)];
    }
    ring = longer;
    first = 0;
    table = new int[tableLength(length)];
    for (int i = 0; i < used; i++) {
      table[find(ring[i])] = i + 1;
    }
  }

  private void put(int hash) {
    int place = place(used++);
    ring[place] = hash;
    table[find(hash)] = place + 1;
    size++;
  }

  /** The slot of a hash, or the free slot where it would go. */
  private int find(int hash) {
    int slot = home(hash);
    while (table[slot] != 0 && ring[table[slot] - 1] != hash) {
      slot = next(slot);
    }
    return slot;
  }

  /** Frees a slot, and shifts back what would no longer be found behind it. */
  private void free(int slot) {
    int hole = slot;
    for (int at = next(hole); table[at] != 0; at = next(at)) {
      int home = home(ring[table[at] - 1]);
      boolean reachesHole = hole <= at ? home <= hole || home > at : home <= hole && home > at;
      if (reachesHole) {
        table[hole] = table[at];
        hole = at;
      }
    }
    table[hole] = 0;
  }

  private int place(int offset) {
    int place = first - ring.length + offset;
    return place < 0 ? place + ring.length : place;
  }

  /** The hash's share of [0, 2^32) becomes its share of the table, so that any length will do. */
  private int home(int hash) {
    return (int) ((Integer.toUnsignedLong(hash) * table.length) >>> 32);
  }

  private int next(int slot) {
    return slot + 1 == table.length ? 0 : slot + 1;
  }

  /** A quarter more than the bound, so that gaps are closed once in bound / 4 removals. */
  private int largestRing() {
    return (int) Math.max(SMALLEST_RING, Math.min(bound, LARGEST_RING / 5 * 4) / 4 * 5 + 4);
  }

  private static int tableLength(int ringLength) {
    return (int) (ringLength * 7L / 5);
  }
}
