package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Holds requests back on the client's side when the server refuses most of them.
 *
 * <p><b>Idea.</b> Count the requests that the application wanted to send and those that the server accepted in the
 * latest two minutes. Send a request but with probability {@code (requests - K * accepts) / (requests + 1)}: nothing is
 * held back while the server accepts one in {@code K}, and an overloaded server sees about {@code K} times what it
 * accepts, however much is wanted. What is held back counts as wanted, and some requests always get through to find
 * out that the server has recovered. Beyer et al., <i>Site Reliability Engineering</i>, 2016, "Handling Overload".
 *
 * <p><b>Cost.</b> A clock reading, a division and perhaps a random number under a lock; 2 KB of counts.
 * <b>Thread safety.</b> Safe; a lock is held, and the generator is used under it.
 *
 * <p><b>Instead.</b> {@link ConcurrencyLimiter} needs no refusals: it goes by latency. {@link RetryBudget} holds back
 * retries only.
 */
public final class AdaptiveThrottle {
  private static final int SLICES = 120;

  private final Elapsed elapsed;
  private final RandomGenerator random;
  private final double multiplier;

  /** Guarded by {@code this}, as is {@code accepts}. */
  private final RollingSum requests;

  private final RollingSum accepts;

  private AdaptiveThrottle(Builder builder) {
    elapsed = new Elapsed(builder.ticker);
    random = builder.random;
    multiplier = builder.multiplier;
    requests = new RollingSum(SLICES, builder.windowNanos / SLICES);
    accepts = new RollingSum(SLICES, builder.windowNanos / SLICES);
  }

  /**
   * Starts to describe a throttle.
   *
   * @param random decides which requests are held back
   * @return a builder with a multiplier of 2, two minutes and the system's ticker
   * @throws NullPointerException if {@code random} is null
   */
  public static Builder builder(RandomGenerator random) {
    return new Builder(requireNonNull(random, "random"));
  }

  /**
   * Counts a request that the application wants to send, and decides whether it is sent.
   *
   * @return whether to send it; if not, fail it at once as if the server had refused it
   */
  public synchronized boolean tryAcquire() {
    long now = now();
    double probability = probability(now);
    requests.add(now, 1);
    return probability <= 0 || random.nextDouble() >= probability;
  }

  /** Counts a request that the server accepted. Of a request that it refused, nothing needs to be told. */
  public synchronized void accepted() {
    accepts.add(now(), 1);
  }

  /**
   * Tells how likely the next request is to be held back.
   *
   * @return a probability, in [0, 1)
   */
  public synchronized double rejectionProbability() {
    return probability(now());
  }

  private double probability(long now) {
    double wanted = requests.sum(now);
    return Math.max(0, (wanted - multiplier * accepts.sum(now)) / (wanted + 1));
  }

  private long now() {
    return Elapsed.at(elapsed.reading());
  }

  /** Describes a throttle. */
  public static final class Builder {
    private final RandomGenerator random;
    private double multiplier = 2;
    private long windowNanos = Duration.ofMinutes(2).toNanos();
    private Ticker ticker = Ticker.systemTicker();

    private Builder(RandomGenerator random) {
      this.random = random;
    }

    /**
     * Sets K, how many requests are sent for each that is accepted. A larger one finds out sooner that the server has
     * recovered, and costs it more meanwhile.
     *
     * @param multiplier from 1 to 1,000
     * @return this builder
     * @throws IllegalArgumentException if {@code multiplier} is out of range or not a number
     */
    public Builder multiplier(double multiplier) {
      checkArgument(
          multiplier >= 1 && multiplier <= 1000,
          "multiplier must be in [1, 1000], was %s",
          multiplier);
      this.multiplier = multiplier;
      return this;
    }

    /**
     * Sets how long requests are remembered.
     *
     * @param window from one second to a day; it moves in 120 steps
     * @return this builder
     * @throws NullPointerException if {@code window} is null
     * @throws IllegalArgumentException if {@code window} is out of range
     */
    public Builder window(Duration window) {
      windowNanos = Limit.checkNanos(window, "window", Duration.ofSeconds(1), Duration.ofDays(1));
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
     * Creates the throttle and reads its ticker once.
     *
     * @return a throttle that has seen nothing
     */
    public AdaptiveThrottle build() {
      return new AdaptiveThrottle(this);
    }
  }
}
