package dev.whiteboard.caching;

/**
 * Remembers the hashes of keys that left a cache lately, in 4 bytes each; roughly the eldest is forgotten first.
 *
 * <p><b>Idea.</b> Buckets of eight hashes, each in order of arrival. A full bucket forgets its eldest, so the order is exact
 * within a bucket and only likely between them: sets of a processor's cache work this way.
 * <b>Cost.</b> O(1): one cache line. Two keys with one hash are one ghost.
 *
 * <p><b>Instead.</b> {@link GhostList} forgets in exact order and takes three times the memory.
 */
final class GhostTable {
  private static final int BUCKET = 8;
  private static final int LARGEST_TABLE = 1 << 28;

  /** In place of a hash, where none is. */
  private static final int FREE = 0;

  private int[] table;

  /** An empty table for so many ghosts; it takes 4 bytes for each, and no less than 32. */
  GhostTable(long ghosts) {
    this.table = new int[length(ghosts)];
  }

  /** How many it can hold. */
  int capacity() {
    return table.length;
  }

  /** Adds a hash as the youngest of its bucket. */
  void add(int hash) {
    int bucket = bucket(hash);
    System.arraycopy(table, bucket, table, bucket + 1, BUCKET - 1);
    table[bucket] = ghost(hash);
  }

  /** Takes a hash out, and tells whether it was there. */
  boolean remove(int hash) {
    int bucket = bucket(hash);
    for (int i = bucket; i < bucket + BUCKET; i++) {
      if (table[i] == ghost(hash)) {
        System.arraycopy(table, i + 1, table, i, bucket + BUCKET - 1 - i);
        table[bucket + BUCKET - 1] = FREE;
        return true;
      }
    }
    return false;
  }

  /** Makes it fit for so many ghosts, and keeps the youngest of those it has. */
  void resize(long ghosts) {
    int[] old = table;
    table = new int[length(ghosts)];
    for (int place = BUCKET - 1; place >= 0; place--) {
      for (int bucket = 0; bucket < old.length; bucket += BUCKET) {
        if (old[bucket + place] != FREE) {
          add(old[bucket + place]);
        }
      }
    }
  }

  private static int ghost(int hash) {
    return hash == FREE ? 1 : hash;
  }

  /** The first place of the hash's bucket: the hash, mixed once more, as a fraction of the table. */
  private int bucket(int hash) {
    int mixed = ghost(hash) * 0x9e3779b9;
    return (int) ((Integer.toUnsignedLong(mixed) * (table.length / BUCKET)) >>> 32) * BUCKET;
  }

  private static int length(long ghosts) {
    return (int) Math.max(BUCKET, Math.min(ghosts, LARGEST_TABLE) / BUCKET * BUCKET);
  }
}
