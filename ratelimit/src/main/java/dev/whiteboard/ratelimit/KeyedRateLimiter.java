package dev.whiteboard.ratelimit;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds every key to the same limit: so many requests a second for each user.
 *
 * <p><b>Idea.</b> A key is a token bucket, and that is one number, its arrival time. A key whose arrival time lies in
 * the past has a full bucket, as a key that was never seen. So idle keys can be forgotten and nothing is lost. That is
 * done in small steps: every new key looks at four old ones, once there are twice as many as at the end of the last
 * pass. No thread and no timer is needed, and what idle keys hold stays in proportion to what busy keys hold.
 *
 * <p><b>Exactness and time.</b> Every key is granted what a {@link TokenBucket} of its own would grant. If the clock
 * steps back, a key that was forgotten counts from the latest time at which a forgotten key was full.
 *
 * <p><b>Cost.</b> A look-up in a hash map and a bucket's decision; a refusal writes nothing. A known key allocates
 * nothing. Up to 67 bytes a key, besides the key; the map's table, at most 11 of them, never shrinks.
 * <b>Thread safety.</b> Safe; a known key is lock-free.
 *
 * <p><b>Instead.</b> An attacker who invents keys fills the memory: if keys come from outside, or there are millions,
 * use {@link FlatRateLimiter}.
 *
 * @param <K> the keys, immutable and with {@code hashCode} and {@code equals}
 */
public final class KeyedRateLimiter<K> {
  /*
   * Nobody can take from a key that is being forgotten: its arrival time is closed first, by compare-and-set from a value
   * that lies in the past. Who finds it closed starts again with a new one.
   *
   * A thread may have read the clock long ago. The key that it takes for new may since have been seen, drained and
   * forgotten, all in its future. So it counts from the latest arrival time that was forgotten, if that is later; and it
   * reads that after it has found an arrival time that is open.
   */
  private static final long CLOSED = -1;

  private static final long FEW_KEYS = 64;
  private static final int KEYS_PER_STEP = 4;

  private final Gcra gcra;
  private final Elapsed elapsed;
  private final ConcurrentHashMap<K, AtomicLong> arrivals = new ConcurrentHashMap<>();

  /** The latest arrival time that was forgotten. Written by the sweeping thread, before it forgets. */
  private volatile long swept;

  private final ReentrantLock sweeping = new ReentrantLock();

  /** How many keys make a step worth it: none while a pass is under way. */
  private volatile long keysToSweep = FEW_KEYS;

  /** The rest of the pass. Guarded by {@code sweeping}, as is the largest number of keys that a pass began with. */
  private Iterator<Map.Entry<K, AtomicLong>> pass = Collections.emptyIterator();

  private long mostKeys;

  private KeyedRateLimiter(Builder builder) {
    gcra = new Gcra(builder.limit);
    elapsed = new Elapsed(builder.ticker);
  }

  /**
   * Starts to describe a limiter of keys.
   *
   * @param limit how much may pass for each key
   * @return a builder with the system's ticker
   * @throws NullPointerException if {@code limit} is null
   */
  public static Builder builder(Limit limit) {
    return new Builder(limit);
  }

  /**
   * Takes one permit of a key if it is there.
   *
   * @param key whose permit
   * @return whether the request may pass
   * @throws NullPointerException if {@code key} is null
   */
  public boolean tryAcquire(K key) {
    return tryAcquire(key, 1);
  }

  /**
   * Takes permits of a key if all of them are there.
   *
   * @param key whose permits
   * @param permits how many the request costs, at least 1
   * @return whether the request may pass; always false for more than the burst
   * @throws NullPointerException if {@code key} is null
   * @throws IllegalArgumentException if {@code permits} is less than 1
   */
  public boolean tryAcquire(K key, long permits) {
    requireNonNull(key, "key");
    Limit.checkPermits(permits);
    if (permits > gcra.limit().burst()) {
      return false;
    }
    long reading = gcra.tickAt(elapsed.reading());
    while (true) {
      AtomicLong arrival = arrivalOf(key, reading);
      long previous = arrival.get();
      if (previous == CLOSED) {
        arrivals.remove(key, arrival);
        continue;
      }
      long next = gcra.take(previous, Math.max(reading, swept), permits);
      if (next == Gcra.REFUSED) {
        return false;
      }
      if (arrival.compareAndSet(previous, next)) {
        return true;
      }
    }
  }

  private AtomicLong arrivalOf(K key, long reading) {
    AtomicLong known = arrivals.get(key);
    if (known != null) {
      return known;
    }
    if (arrivals.mappingCount() >= keysToSweep) {
      sweep(KEYS_PER_STEP, reading);
    }
    AtomicLong full = new AtomicLong();
    AtomicLong other = arrivals.putIfAbsent(key, full);
    return other != null ? other : full;
  }

  /** Looks at the next keys of the pass, unless another thread is at it, and forgets those that are idle. */
  void sweep(long keys, long reading) {
    if (!sweeping.tryLock()) {
      return;
    }
    try {
      if (!pass.hasNext()) {
        pass = arrivals.entrySet().iterator();
        mostKeys = Math.max(mostKeys, arrivals.mappingCount());
        keysToSweep = 0;
      }
      for (long i = 0; i < keys && pass.hasNext(); i++) {
        forgetIfIdle(pass.next(), reading);
      }
      if (!pass.hasNext()) {
        // The map's table is as large as for the most keys ever. A pass over it is worth an eighth
        // of them.
        keysToSweep = Math.max(FEW_KEYS, Math.max(2 * arrivals.mappingCount(), mostKeys / 8));
        pass = Collections.emptyIterator();
      }
    } finally {
      sweeping.unlock();
    }
  }

  private void forgetIfIdle(Map.Entry<K, AtomicLong> entry, long reading) {
    AtomicLong arrival = entry.getValue();
    long tick = arrival.get();
    if (tick == CLOSED || tick > reading) {
      return;
    }
    swept = Math.max(swept, tick);
    if (arrival.compareAndSet(tick, CLOSED)) {
      arrivals.remove(entry.getKey(), arrival);
    }
  }

  /**
   * Tells what {@link #tryAcquire(Object, long)} would answer now, and takes nothing.
   *
   * @param key whose permits
   * @param permits how many the request would cost, at least 1
   * @return the answer, what remains of the key's burst, and when to come back
   * @throws NullPointerException if {@code key} is null
   * @throws IllegalArgumentException if {@code permits} is less than 1
   */
  public Decision peek(K key, long permits) {
    requireNonNull(key, "key");
    Limit.checkPermits(permits);
    long nanos = elapsed.reading();
    AtomicLong arrival = arrivals.get(key);
    long tick = arrival == null ? 0 : Math.max(0, arrival.get());
    return gcra.peek(tick, Math.max(gcra.tickAt(nanos), swept), permits, nanos);
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
   * Describes a key at this moment.
   *
   * @param key whose permits
   * @return what is available to the key and when all of its burst will be
   * @throws NullPointerException if {@code key} is null
   */
  public RateLimiter.Stats stats(K key) {
    Decision next = peek(key, 1);
    return new RateLimiter.Stats(next.remaining(), next.resetAfter());
  }

  /**
   * Counts the keys in memory: those that are not idle, and idle ones that have not been swept yet.
   *
   * @return the number of keys, exact if no thread takes permits meanwhile
   */
  public long size() {
    return arrivals.mappingCount();
  }

  /** Describes a limiter of keys. */
  public static final class Builder {
    private final Limit limit;
    private Ticker ticker = Ticker.systemTicker();

    private Builder(Limit limit) {
      this.limit = requireNonNull(limit, "limit");
    }

    /**
     * Sets the source of elapsed time.
     *
     * @param ticker the source of elapsed time
     * @return this builder
     * @throws NullPointerException if {@code ticker} is null
     */
    public Builder ticker(Ticker ticker) {
      this.ticker = requireNonNull(ticker, "ticker");
      return this;
    }

    /**
     * Creates the limiter and reads its ticker once.
     *
     * @param <K> the keys, immutable and with {@code hashCode} and {@code equals}
     * @return a limiter that has seen no key
     */
    public <K> KeyedRateLimiter<K> build() {
      return new KeyedRateLimiter<>(this);
    }
  }
}
