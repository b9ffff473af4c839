package dev.whiteboard.caching;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link Cache}: a maximum is needed, all else has a default.
 *
 * <p><b>Thread safety.</b> None.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class CacheBuilder<K, V> {
  private static final Duration LONGEST = Duration.ofDays(36_525);

  long maximum = -1;

  @Nullable
  Weigher<? super K, ? super V> weigher;

  EvictionPolicy policy = EvictionPolicy.adaptive();

  @Nullable
  Duration afterWrite;

  @Nullable
  Duration afterAccess;

  @Nullable
  BiFunction<? super K, ? super V, Duration> lifetime;

  @Nullable
  Duration refreshAfter;

  double beta;
  double jitter;
  DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

  @Nullable
  Executor executor;

  Ticker ticker = Ticker.systemTicker();

  @Nullable
  RemovalListener<? super K, ? super V> listener;

  boolean recordsStats;
  int segments;

  CacheBuilder() {}

  /**
   * Bounds the number of entries.
   *
   * @param maximum the largest number, at least 0
   * @return this builder
   * @throws IllegalArgumentException if {@code maximum} is negative
   * @throws IllegalStateException if a maximum is set already
   */
  public CacheBuilder<K, V> maximumSize(long maximum) {
    checkArgument(maximum >= 0, "maximum must be >= 0, was %s", maximum);
    checkState(this.maximum < 0, "a maximum is set already: %s", this.maximum);
    this.maximum = maximum;
    return this;
  }

  /**
   * Bounds the sum of the entries' weights.
   *
   * @param maximum the largest sum, at least 0
   * @param weigher what an entry takes of it
   * @return this builder
   * @throws NullPointerException if {@code weigher} is null
   * @throws IllegalArgumentException if {@code maximum} is negative
   * @throws IllegalStateException if a maximum is set already
   */
  public CacheBuilder<K, V> maximumWeight(long maximum, Weigher<? super K, ? super V> weigher) {
    requireNonNull(weigher, "weigher");
    maximumSize(maximum);
    this.weigher = weigher;
    return this;
  }

  /**
   * Chooses which entry leaves a full cache.
   *
   * @param policy the policy
   * @return this builder
   * @throws NullPointerException if {@code policy} is null
   */
  public CacheBuilder<K, V> policy(EvictionPolicy policy) {
    this.policy = requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Lets an entry live for a time after its value was written.
   *
   * @param duration how long, more than 0 and at most a century
   * @return this builder
   * @throws NullPointerException if {@code duration} is null
   * @throws IllegalArgumentException if {@code duration} is out of range
   */
  public CacheBuilder<K, V> expireAfterWrite(Duration duration) {
    afterWrite = checked(duration);
    return this;
  }

  /**
   * Lets an entry live for a time after it was written or hit last.
   *
   * @param duration how long, more than 0 and at most a century
   * @return this builder
   * @throws NullPointerException if {@code duration} is null
   * @throws IllegalArgumentException if {@code duration} is out of range
   */
  public CacheBuilder<K, V> expireAfterAccess(Duration duration) {
    afterAccess = checked(duration);
    return this;
  }

  /**
   * Lets each entry live as long as its key and value say. A cache of {@code Optional}s that gives the empty one a short
   * life remembers for a while what does not exist. Together with the other two, the shortest time counts.
   *
   * @param lifetime how long a value may be returned after it was written; zero or less means not at all, more than a
   *     century is a century
   * @return this builder
   * @throws NullPointerException if {@code lifetime} is null
   */
  public CacheBuilder<K, V> expireAfter(BiFunction<? super K, ? super V, Duration> lifetime) {
    this.lifetime = requireNonNull(lifetime, "lifetime");
    return this;
  }

  /**
   * Has a value that is asked for by {@link Cache#get} loaded again when it is older than this. The caller gets the old
   * one at once; if loading fails, the old one stays and it is tried again a second later at the earliest.
   *
   * @param age how old, more than 0 and at most a century
   * @param executor what runs the loader
   * @return this builder
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if {@code age} is out of range
   */
  public CacheBuilder<K, V> refreshAfterWrite(Duration age, Executor executor) {
    this.executor = requireNonNull(executor, "executor");
    refreshAfter = checked(age);
    return this;
  }

  /**
   * Has a loaded value that is asked for by {@link Cache#get} loaded again a random while before it ends: the longer it
   * took to load, the earlier. So a value in demand never ends, and processes that share a store do not load together.
   * Vattani, Chierichetti and Lowenstein, <i>Optimal Probabilistic Cache Stampede Prevention</i>, VLDB 2015.
   *
   * @param beta how early, in mean load times, more than 0 and at most 1,000; 1 is the usual choice
   * @param executor what runs the loader
   * @return this builder
   * @throws NullPointerException if {@code executor} is null
   * @throws IllegalArgumentException if {@code beta} is out of range
   */
  public CacheBuilder<K, V> refreshEarly(double beta, Executor executor) {
    this.executor = requireNonNull(executor, "executor");
    checkArgument(beta > 0 && beta <= 1000, "beta must be > 0 and <= 1000, was %s", beta);
    this.beta = beta;
    return this;
  }

  /**
   * Takes a random part off every time to live after a write and every time to refresh, so that what was written together
   * does not end together.
   *
   * @param share the largest part, in [0, 1]; 0.1 is usual
   * @return this builder
   * @throws IllegalArgumentException if {@code share} is out of range
   */
  public CacheBuilder<K, V> jitter(double share) {
    checkArgument(share >= 0 && share <= 1, "share must be in [0, 1], was %s", share);
    jitter = share;
    return this;
  }

  /**
   * Sets the source of randomness for jitter and early refresh.
   *
   * @param random numbers in [0, 1), for all threads that write
   * @return this builder
   * @throws NullPointerException if {@code random} is null
   */
  public CacheBuilder<K, V> random(DoubleSupplier random) {
    this.random = requireNonNull(random, "random");
    return this;
  }

  /**
   * Sets the source of elapsed time for expiry.
   *
   * @param ticker the source
   * @return this builder
   * @throws NullPointerException if {@code ticker} is null
   */
  public CacheBuilder<K, V> ticker(Ticker ticker) {
    this.ticker = requireNonNull(ticker, "ticker");
    return this;
  }

  /**
   * Sets who hears of removals.
   *
   * @param listener the listener
   * @return this builder
   * @throws NullPointerException if {@code listener} is null
   */
  public CacheBuilder<K, V> removalListener(RemovalListener<? super K, ? super V> listener) {
    this.listener = requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Counts hits and misses, which costs some nanoseconds a look-up.
   *
   * @return this builder
   */
  public CacheBuilder<K, V> recordStats() {
    recordsStats = true;
    return this;
  }

  /**
   * Sets how many segments the entries are spread over. One is exactly what {@link CacheSimulator} runs; more let more
   * threads insert at once, and each then knows its own part of the keys only.
   *
   * @param segments a power of two from 1 to 1024; unless set, four for each processor, and at least 1,024 entries for each
   * @return this builder
   * @throws IllegalArgumentException if {@code segments} is out of range or no power of two
   */
  public CacheBuilder<K, V> segments(int segments) {
    checkArgument(
        segments >= 1 && segments <= 1024 && Integer.bitCount(segments) == 1,
        "segments must be a power of two in [1, 1024], was %s",
        segments);
    this.segments = segments;
    return this;
  }

  /**
   * Creates the cache.
   *
   * @return an empty cache
   * @throws IllegalStateException if no maximum is set
   */
  public Cache<K, V> build() {
    checkState(maximum >= 0, "a maximum must be set: maximumSize or maximumWeight");
    return new BoundedCache<>(this);
  }

  boolean isTimed() {
    return afterWrite != null || afterAccess != null || lifetime != null || executor != null;
  }

  /** A duration in nanoseconds; what is not in (0, a century] becomes 0 or a century. */
  static long nanos(Duration duration) {
    return duration.compareTo(LONGEST) > 0
        ? LONGEST.toNanos()
        : duration.isNegative() ? 0 : duration.toNanos();
  }

  private static Duration checked(Duration duration) {
    requireNonNull(duration, "duration");
    checkArgument(
        !duration.isNegative() && !duration.isZero() && duration.compareTo(LONGEST) <= 0,
        "duration must be > 0 and <= %s, was %s",
        LONGEST,
        duration);
    return duration;
  }
}
