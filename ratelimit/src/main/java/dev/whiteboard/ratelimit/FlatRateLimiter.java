package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import com.google.common.math.LongMath;
import java.math.RoundingMode;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Holds millions of keys to the same limit in a table of fixed size, whatever keys an attacker invents.
 *
 * <p><b>Idea.</b> A key is a 64-bit hash. Its upper half chooses a group of 128 cells; its lower half is its
 * fingerprint, and says where in the group its search starts. A cell is a fingerprint and an arrival time. A new key
 * takes over the first cell whose arrival time lies in the past: the key that had it has a full bucket again, and can
 * be forgotten. If all cells of the group are in use, new keys share the group's spare bucket, and a key that gets a
 * cell while the spare bucket is not full starts with what is left in it. Sharing errs on the side of refusing.
 *
 * <p><b>Law.</b> No key is granted more than a {@link TokenBucket} of its own would grant, and none that finds a cell
 * is granted less. Keys that agree in group and fingerprint are one key: among a million, two do so with a probability
 * of 1 %. An attacker who can compute the hash can find such keys, so choose one with a secret.
 *
 * <p><b>Cost.</b> A clock reading, a search through three cells on average, and one compare-and-set. A new key searches
 * its group and takes a lock, as does {@link #peek}. A refusal writes nothing. No allocation, but for {@link #peek}. 17
 * bytes a key. <b>Thread safety.</b> Safe; a known key is lock-free.
 *
 * <p><b>Instead.</b> {@link KeyedRateLimiter} takes any object for a key, shares nothing and grows as it has to.
 */
public final class FlatRateLimiter {
  /*
   * Group and fingerprint decide all that is done with a key, so keys that have both in common are one. Why no key K is
   * granted more than its bucket:
   *
   * 1. K has at most one cell. A fingerprint is written under the lock of its group, after a search for it. The search
   *    may end at a cell that was never used: K would have taken that one, or one before it.
   * 2. A grant is in K's cell. A cell is claimed first, by compare-and-set from an arrival time in the past; then its
   *    fingerprint changes; then a later arrival time follows. Arrival times in a cell only grow. So one that has not
   *    changed between reading and compare-and-set belongs to the fingerprint that was read in between.
   * 3. K forgets nothing. It leaves a cell when its bucket is full. When it comes from the spare bucket, it brings the
   *    arrival time of that.
   * 4. K's time does not step back. A thread may have read the clock before K was forgotten; so a new key counts from the
   *    latest arrival time that was forgotten, if that is later.
   */
  private static final int GROUP = 128;
  private static final int LOCKS = 64;
  private static final int MOST_KEYS = 1 << 30;

  private static final int NO_CELL = -1;

  /** The fingerprint of a cell that nobody has used. */
  private static final int UNUSED = 0;

  /** The arrival time of a cell that changes hands. */
  private static final long CLAIMED = -1;

  private final Gcra gcra;
  private final Elapsed elapsed;
  private final int groups;

  /** {@code GROUP}, or a smaller power of two in a test. */
  private final int groupSize;

  /** Changed under the lock of the group, while the cell is claimed. */
  private final AtomicIntegerArray fingerprints;

  /** Changed by compare-and-set, or by the thread that has claimed the cell. */
  private final AtomicLongArray arrivals;

  /** The arrival time of each group's spare bucket. Guarded by the lock of the group. */
  private final long[] spares;

  private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

  /** The latest arrival time that was forgotten. It grows before the key is forgotten. */
  private final AtomicLong forgotten = new AtomicLong();

  private final LongAdder shared = new LongAdder();

  FlatRateLimiter(Gcra gcra, Ticker ticker, int groups, int groupSize) {
    this.gcra = gcra;
    this.groups = groups;
    this.groupSize = groupSize;
    fingerprints = new AtomicIntegerArray(groups * groupSize);
    arrivals = new AtomicLongArray(groups * groupSize);
    spares = new long[groups];
    elapsed = new Elapsed(ticker);
  }

  /** Seven cells for five keys: then one key in 100,000 finds its group full, and 7/5 * 12 B = 16.8 B. */
  private static int groupsFor(int keys) {
    return (int) LongMath.divide(keys * 7L, GROUP * 5, RoundingMode.CEILING);
  }

  /**
   * Starts to describe a table.
   *
   * @param limit how much may pass for each key
   * @param keys how many keys are in use at one time, from 1 to 2^30; a key is in use until its burst is there again
   * @return a builder with the system's ticker
   * @throws NullPointerException if {@code limit} is null
   * @throws IllegalArgumentException if {@code keys} is out of range
   */
  public static LimiterBuilder<FlatRateLimiter> builder(Limit limit, int keys) {
    requireNonNull(limit, "limit");
    checkArgument(
        keys >= 1 && keys <= MOST_KEYS, "keys must be in [1, %s], was %s", MOST_KEYS, keys);
    int groups = groupsFor(keys);
    return LimiterBuilder.of(
        new Gcra(limit), (gcra, ticker) -> new FlatRateLimiter(gcra, ticker, groups, GROUP));
  }

  /**
   * Takes one permit of a key if it is there.
   *
   * @param key whose permit: a number of its own, or a 64-bit hash
   * @return whether the request may pass
   */
  public boolean tryAcquire(long key) {
    return tryAcquire(key, 1);
  }

  /**
   * Takes permits of a key if all of them are there.
   *
   * @param key whose permits: a number of its own, or a 64-bit hash
   * @param permits how many the request costs, at least 1
   * @return whether the request may pass; always false for more than the burst
   * @throws IllegalArgumentException if {@code permits} is less than 1
   */
  public boolean tryAcquire(long key, long permits) {
    Limit.checkPermits(permits);
    long hash = mix(key);
    int group = groupOf(hash);
    int fingerprint = fingerprintOf(hash);
    long reading = gcra.tickAt(elapsed.reading());
    while (true) {
      int cell = find(group, fingerprint);
      if (cell == NO_CELL) {
        synchronized (lockOf(group)) {
          cell = find(group, fingerprint);
          if (cell == NO_CELL) {
            return takeAsNew(group, fingerprint, reading, permits);
          }
        }
      }
      long previous = arrivals.get(cell);
      if (previous == CLAIMED || fingerprints.get(cell) != fingerprint) {
        continue;
      }
      long next = gcra.take(previous, reading, permits);
      if (next == Gcra.REFUSED) {
        return false;
      }
      if (arrivals.compareAndSet(cell, previous, next)) {
        return true;
      }
    }
  }

  private int find(int group, int fingerprint) {
    for (int i = 0; i < groupSize; i++) {
      int cell = cellAt(group, fingerprint, i);
      int held = fingerprints.get(cell);
      if (held == fingerprint && arrivals.get(cell) != CLAIMED) {
        return cell;
      }
      if (held == UNUSED) {
        return NO_CELL;
      }
    }
    return NO_CELL;
  }

  /** Called with the lock of the group. */
  private boolean takeAsNew(int group, int fingerprint, long reading, long permits) {
    long now = Math.max(reading, forgotten.get());
    long next = gcra.take(spares[group], now, permits);
    if (next == Gcra.REFUSED) {
      return false;
    }
    int cell = claim(group, fingerprint, now);
    if (cell == NO_CELL) {
      spares[group] = next;
      shared.increment();
      return true;
    }
    fingerprints.set(cell, fingerprint);
    arrivals.set(cell, next);
    return true;
  }

  /** Claims the first cell on the fingerprint's way that is idle. */
  private int claim(int group, int fingerprint, long now) {
    for (int i = 0; i < groupSize; i++) {
      int cell = cellAt(group, fingerprint, i);
      long previous = arrivals.get(cell);
      if (previous == CLAIMED || previous > now) {
        continue;
      }
      if (previous > forgotten.get()) {
        forgotten.accumulateAndGet(previous, Math::max);
      }
      if (arrivals.compareAndSet(cell, previous, CLAIMED)) {
        return cell;
      }
    }
    return NO_CELL;
  }

  /**
   * Tells what {@link #tryAcquire(long, long)} would answer now, and takes nothing.
   *
   * @param key whose permits: a number of its own, or a 64-bit hash
   * @param permits how many the request would cost, at least 1
   * @return the answer, what remains to the key, and when to come back
   * @throws IllegalArgumentException if {@code permits} is less than 1
   */
  public Decision peek(long key, long permits) {
    Limit.checkPermits(permits);
    long hash = mix(key);
    int group = groupOf(hash);
    long nanos = elapsed.reading();
    long reading = gcra.tickAt(nanos);
    synchronized (lockOf(group)) {
      int cell = find(group, fingerprintOf(hash));
      return cell == NO_CELL
          ? gcra.peek(spares[group], Math.max(reading, forgotten.get()), permits, nanos)
          : gcra.peek(arrivals.get(cell), reading, permits, nanos);
    }
  }

  /**
   * Returns the limit of each key.
   *
   * @return the limit, as it was given
   */
  public Limit limit() {
    return gcra.limit();
  }

  /**
   * Counts the requests that were granted from a spare bucket, because there was no cell for their key. If it grows, the
   * table is too small, or somebody invents keys.
   *
   * @return the number since the limiter was built, exact if no thread takes permits meanwhile
   */
  public long shared() {
    return shared.sum();
  }

  private Object lockOf(int group) {
    return locks[group & (LOCKS - 1)];
  }

  private int groupOf(long hash) {
    return (int) (((hash >>> 32) * groups) >>> 32);
  }

  private static int fingerprintOf(long hash) {
    int low = (int) hash;
    return low == UNUSED ? 1 : low;
  }

  private int cellAt(int group, int fingerprint, int step) {
    return group * groupSize + ((fingerprint + step) & (groupSize - 1));
  }

  /** The finalizer of MurmurHash3: every bit of the key reaches every bit of the result, and no two keys meet. */
  private static long mix(long key) {
    long hash = (key ^ key >>> 33) * 0xFF51AFD7ED558CCDL;
    hash = (hash ^ hash >>> 33) * 0xC4CEB9FE1A85EC53L;
    return hash ^ hash >>> 33;
  }
}
