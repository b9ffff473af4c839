package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.time.Duration;

/**
 * Allows as many retries as a share of the requests, so that retries cannot multiply a failing server's load.
 *
 * <p><b>Idea.</b> Each request deposits a share of a retry, and each retry withdraws a whole one; both are forgotten
 * after a while. A reserve lets a client retry that has sent little yet. With a share of 0.2 a server that fails
 * altogether sees 1.2 times the load, where three retries each would make it four times, and in three tiers 64 times.
 * After Twitter's Finagle, {@code RetryBudget}.
 *
 * <p><b>Bound.</b> When a retry is allowed, the retries of the latest while, itself included, are no more than the
 * reserve and the share of that while's requests. The while is counted in tenths: nine whole ones and the present one.
 *
 * <p><b>Cost.</b> A clock reading and two additions under a lock; eleven longs.
 * <b>Thread safety.</b> Safe; a lock is held.
 *
 * <p><b>Instead.</b> {@link AdaptiveThrottle} also holds back first attempts. {@link Backoff} says when to retry, this
 * whether.
 */
public final class RetryBudget {
  private static final int SLICES = 10;

  /** What a retry costs. A request deposits its share of it, rounded to a millionth. */
  private static final long RETRY = 1_000_000;

  private final Elapsed elapsed;
  private final long deposit;
  private final long reserve;

  /** Guarded by {@code this}. */
  private final RollingSum balance;

  private RetryBudget(Builder builder) {
    elapsed = new Elapsed(builder.ticker);
    deposit = Math.round(builder.share * RETRY);
    reserve = Wide.floor(builder.minPerSecond * RETRY, builder.ttlNanos, 1_000_000_000);
    balance = new RollingSum(SLICES, builder.ttlNanos / SLICES);
  }

  /**
   * Starts to describe a budget.
   *
   * @return a builder with a share of 0.2, ten retries a second in reserve, ten seconds and the system's ticker
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Counts a request: a first attempt, not a retry. */
  public synchronized void deposit() {
    balance.add(now(), deposit);
  }

  /**
   * Takes a retry if the budget allows one.
   *
   * @return whether to retry; nothing is taken if not
   */
  public synchronized boolean tryWithdraw() {
    long now = now();
    if (balance.sum(now) + reserve < RETRY) {
      return false;
    }
    balance.add(now, -RETRY);
    return true;
  }

  /**
   * Tells how many retries the budget allows now.
   *
   * @return whole retries, 0 or more
   */
  public synchronized long available() {
    return Math.max(0, (balance.sum(now()) + reserve) / RETRY);
  }

  private long now() {
    return Elapsed.at(elapsed.reading());
  }

  /** Describes a budget. */
  public static final class Builder {
    private double share = 0.2;
    private int minPerSecond = 10;
    private long ttlNanos = Duration.ofSeconds(10).toNanos();
    private Ticker ticker = Ticker.systemTicker();

    private Builder() {}

    /**
     * Sets how many retries a request pays for.
     *
     * @param share retries for each request, from 0 to 10, counted in millionths
     * @return this builder
     * @throws IllegalArgumentException if {@code share} is out of range or not a number
     */
    public Builder share(double share) {
      checkArgument(share >= 0 && share <= 10, "share must be in [0, 10], was %s", share);
      this.share = share;
      return this;
    }

    /**
     * Sets the reserve: how many retries a second are allowed without any requests.
     *
     * @param minPerSecond retries a second, from 0 to 1,000,000
     * @return this builder
     * @throws IllegalArgumentException if {@code minPerSecond} is out of range
     */
    public Builder minPerSecond(int minPerSecond) {
      checkArgument(
          minPerSecond >= 0 && minPerSecond <= 1_000_000,
          "minPerSecond must be in [0, 1000000], was %s",
          minPerSecond);
      this.minPerSecond = minPerSecond;
      return this;
    }

    /**
     * Sets how long requests and retries are remembered.
     *
     * @param ttl from one second to a minute
     * @return this builder
     * @throws NullPointerException if {@code ttl} is null
     * @throws IllegalArgumentException if {@code ttl} is out of range
     */
    public Builder ttl(Duration ttl) {
      ttlNanos = Limit.checkNanos(ttl, "ttl", Duration.ofSeconds(1), Duration.ofMinutes(1));
      return this;
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
     * Creates the budget and reads its ticker once.
     *
     * @return a budget with its reserve
     */
    public RetryBudget build() {
      return new RetryBudget(this);
    }
  }
}
