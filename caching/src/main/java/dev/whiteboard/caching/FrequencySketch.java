package dev.whiteboard.caching;

/**
 * Estimates how often a key was seen lately, in 4 bits a counter and at most 8 bytes a cached entry.
 *
 * <p><b>Idea.</b> A count-min sketch: a key has four counters, others share them, so the smallest of the four is nearest to
 * the truth and never below it. Only the smallest ones go up (conservative update: Estan and Varghese, <i>New Directions
 * in Traffic Measurement and Accounting</i>, SIGCOMM 2002). Counters stop at 15, and after a sample of so many counts all
 * are halved, so that the past fades: Einziger, Friedman and Manes, <i>TinyLFU: A Highly Efficient Cache Admission
 * Policy</i>, ACM TOS 13(4), 2017.
 * <b>Cost.</b> O(1); a key's four counters share one cache line. Halving walks the table once a sample.
 */
final class FrequencySketch {
  /** What a counter can hold. */
  static final int LARGEST = 15;

  /** Longs in a block: a cache line. Each of a key's four counters lies in a pair of them of its own. */
  private static final int BLOCK = 8;

  private static final int LARGEST_TABLE = 1 << 27;
  private static final long EVERY_FOURTH_BIT = 0x1111111111111111L;

  private final int sampleFactor;
  private long[] table;
  private long counted;

  /**
   * An empty sketch.
   *
   * @param entries for how many cached entries; it takes 8 bytes for each, and no less than 64
   * @param sampleFactor how many counts an entry fill the sample
   */
  FrequencySketch(long entries, int sampleFactor) {
    this.sampleFactor = sampleFactor;
    this.table = new long[tableLength(entries)];
  }

  /**
   * For how many entries a policy's sketch is to be made, whose maximum only bounds their number where they are weighed: it
   * grows with the entries, by doubling, for a larger one forgets; once half of the maximum is entries, the maximum is taken
   * for their number. A segment of a cache holds a few more than its share at times, which is no reason to grow.
   *
   * @param sized for how many it is made now
   */
  static long sizeFor(long entries, long sized, long maximum) {
    if (entries <= sized || (sized >= maximum && entries <= maximum + maximum / 8)) {
      return sized;
    }
    return entries <= maximum && maximum / 2 < entries ? maximum : 2 * entries;
  }

  /** For how many entries it is made, at least. */
  long entries() {
    return table.length;
  }

  /** How often the key was counted, in this sample and, halved, in those before: 0 to 15, never too low. */
  int frequency(int hash) {
    int block = block(hash, table.length);
    int rows = rows(hash);
    int least = LARGEST;
    for (int row = 0; row < 4; row++) {
      least =
          Math.min(least, (int) (table[block + word(rows, row)] >>> shift(rows, row)) & LARGEST);
    }
    return least;
  }

  /** Counts the key once. */
  void increment(int hash) {
    int frequency = frequency(hash);
    if (frequency < LARGEST) {
      int block = block(hash, table.length);
      int rows = rows(hash);
      for (int row = 0; row < 4; row++) {
        int word = block + word(rows, row);
        int shift = shift(rows, row);
        if (((table[word] >>> shift) & LARGEST) == frequency) {
          table[word] += 1L << shift;
        }
      }
    }
    if (++counted >= (long) table.length * sampleFactor) {
      halve();
    }
  }

  /**
   * Makes it fit for so many entries. A smaller table keeps what was counted: a block is the maximum of those it takes over
   * from. A larger one starts anew, for nothing tells which keys of a block belong to which of the blocks it becomes; copied
   * to all, the counts of each would look like those of keys that were never seen, and every doubling would add to them.
   */
  void resize(long entries) {
    long[] old = table;
    table = new long[tableLength(entries)];
    if (table.length > old.length) {
      counted = 0;
      return;
    }
    long oldBlocks = old.length / BLOCK;
    long blocks = table.length / BLOCK;
    for (long block = 0; block < blocks; block++) {
      long last = ((block + 1) * oldBlocks - 1) / blocks;
      for (long from = block * oldBlocks / blocks; from <= last; from++) {
        mergeBlock(old, (int) from * BLOCK, (int) block * BLOCK);
      }
    }
    counted = Math.min(counted, (long) table.length * sampleFactor / 2);
  }

  private void mergeBlock(long[] old, int from, int to) {
    for (int word = 0; word < BLOCK; word++) {
      table[to + word] = maximum(table[to + word], old[from + word]);
    }
  }

  /** The larger of each pair of counters. */
  private static long maximum(long a, long b) {
    long result = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 4) {
      result |= Math.max((a >>> shift) & LARGEST, (b >>> shift) & LARGEST) << shift;
    }
    return result;
  }

  private void halve() {
    for (int i = 0; i < table.length; i++) {
      table[i] = (table[i] >>> 1) & ~(EVERY_FOURTH_BIT << 3);
    }
    counted >>>= 1;
  }

  private static int tableLength(long entries) {
    return (int) Math.max(BLOCK, Math.min(entries, LARGEST_TABLE) / BLOCK * BLOCK);
  }

  /** The first long of the key's block: the hash taken as a fraction of 1, so that the table may have any length. */
  private static int block(int hash, int length) {
    return (int) ((Integer.toUnsignedLong(hash) * (length / BLOCK)) >>> 32) * BLOCK;
  }

  /** Which long of the block a row's counter lies in. */
  private static int word(int rows, int row) {
    return row * 2 + ((rows >>> (row * 5)) & 1);
  }

  /** Which bits of that long it takes. */
  private static int shift(int rows, int row) {
    return ((rows >>> (row * 5 + 1)) & 15) * 4;
  }

  /** Five bits for each row. The block uses the high bits of the hash, these depend on all of them. */
  private static int rows(int hash) {
    return Node.mix(hash);
  }
}
