package dev.whiteboard.partitioning.balancing;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * Draws two backends at random and gives the request to the one that will probably answer first, judged by the worst
 * latency that it has shown of late.
 *
 * <p><b>Idea.</b> A backend's cost is its latency times (1 + requests in flight / weight). Its latency jumps to a
 * slower sample at once and otherwise fades as e<sup>−t/decay</sup>: it is the largest of all samples, each faded by
 * its age. So a backend that slows down loses its requests with its first slow answer, and gets them back as the
 * memory of it fades, ten-fold slowness after 2.3 decays. Twitter, <i>Finagle</i>, {@code PeakEwma}, whose average
 * fades in the same way each time that it is looked at. The state of a backend is one number, the time at which its
 * latency will have faded to 1 ns; the difference of two of them is the logarithm of their ratio, which is why {@code
 * pick} needs no clock.
 *
 * <p><b>New backends.</b> One that has answered nothing yet costs nothing while it is idle, and more than all others
 * while a request is in flight: it is probed by one request at a time. Among several, the less busy wins. As in {@link
 * TwoChoices} the two are drawn in proportion to their weights, and the first wins a tie.
 *
 * <p><b>Membership.</b> The latency is in the {@link Backend} and outlives this balancer. Balancers that share backends
 * need the same ticker and the same decay, or they misread each other.
 *
 * <p><b>Time.</b> While the clock stands still, nothing fades. If it steps back, answers count as that much older
 * until it has caught up: a peak stays, and new ones look smaller.
 *
 * <p><b>Cost.</b> {@code pick} is one random number, one exponential and one atomic addition; {@code done} is a clock
 * reading, a logarithm and one compare-and-set, two if the answer is a new peak.
 * <b>Thread safety.</b> Safe if the ticker and the random generator are, as the defaults are; lock-free.
 *
 * <p><b>Instead.</b> If backends fail by being full rather than slow, {@link TwoChoices} is cheaper. A backend that
 * fails fast looks quick: report its errors with the latency of a timeout, or take it out.
 *
 * @param <N> what identifies a node
 */
public final class PeakEwma<N> implements Balancer<N> {
  /** The decay unless the builder is told otherwise; Finagle's. */
  public static final Duration DEFAULT_DECAY = Duration.ofSeconds(10);

  /** Times are rounded to nanoseconds, so latencies are to 0.1 % at the shortest decay. */
  private static final Duration MIN_DECAY = Duration.ofNanos(1_000);

  /** The longest latency, e^43.7 ns, fades in 43.7 decays: a sum of times stays within 63 bits. */
  private static final Duration MAX_DECAY = Duration.ofDays(365);

  private final Backend<N>[] backends;
  private final Pairs pairs;
  private final RandomGenerator random;
  private final Ticker ticker;
  private final double decayNanos;

  private PeakEwma(Builder<N> builder) {
    backends = builder.backends;
    pairs = new Pairs(Backends.weights(backends));
    random = builder.random;
    ticker = builder.ticker;
    decayNanos = builder.decay.toNanos();
  }

  /**
   * Starts to describe a balancer.
   *
   * @param <N> what identifies a node
   * @param backends the backends, at most 65,536
   * @return a builder with a decay of ten seconds, the system's ticker and a random generator for each thread
   * @throws NullPointerException if {@code backends} or one of them is null
   * @throws IllegalArgumentException if two have the same identity, or there are too many
   */
  public static <N> Builder<N> builder(List<Backend<N>> backends) {
    return new Builder<>(Backends.copyOf(backends));
  }

  @Override
  public Backend<N> pick() {
    if (backends.length < 2) {
      Backends.checkAny(backends);
      return backends[0].acquire();
    }
    long drawn = random.nextLong();
    int first = pairs.first(drawn);
    Backend<N> one = backends[first];
    Backend<N> two = backends[pairs.second(drawn, first)];
    return (costsLess(two, one) ? two : one).acquire();
  }

  private boolean costsLess(Backend<N> a, Backend<N> b) {
    int requestsOfA = a.inFlight();
    int requestsOfB = b.inFlight();
    long fadedA = a.fadedAt();
    long fadedB = b.fadedAt();
    int rankOfA = rank(fadedA, requestsOfA);
    int rankOfB = rank(fadedB, requestsOfB);
    if (rankOfA != rankOfB) {
      return rankOfA < rankOfB;
    }
    // Of two without an answer, both times are NEVER, and so the ratio of their latencies is 1.
    double latencyRatio = StrictMath.exp((fadedA - fadedB) / decayNanos);
    return latencyRatio * (1 + requestsOfA / (double) a.weight)
        < 1 + requestsOfB / (double) b.weight;
  }

  /** Without an answer, an idle backend comes before, and a busy one after, all that have answered. */
  private static int rank(long fadedAt, int requests) {
    if (fadedAt != Backend.NEVER) {
      return 1;
    }
    return requests == 0 ? 0 : 2;
  }

  /**
   * {@inheritDoc}
   *
   * <p>A latency of 0 counts as 1 ns. Report a request that timed out with the time that was waited for it.
   */
  @Override
  public void done(Backend<N> backend, long elapsedNanos) {
    long now = ticker.read();
    Balancer.super.done(backend, elapsedNanos);
    double decays = StrictMath.log((double) Math.max(1, elapsedNanos));
    backend.fadeNotBefore(now + (long) (decays * decayNanos));
  }

  /**
   * Tells the latency by which a backend is judged.
   *
   * @param backend a backend, of this balancer or another with the same ticker and decay
   * @return the largest latency in nanoseconds that it has shown, each faded by its age; empty before any answer
   * @throws NullPointerException if {@code backend} is null
   */
  public OptionalDouble latencyNanos(Backend<N> backend) {
    long fadedAt = requireNonNull(backend, "backend").fadedAt();
    return fadedAt == Backend.NEVER
        ? OptionalDouble.empty()
        : OptionalDouble.of(StrictMath.exp((fadedAt - ticker.read()) / decayNanos));
  }

  @Override
  public List<Backend<N>> backends() {
    return Backends.listOf(backends);
  }

  /**
   * Describes a balancer; every setting but the backends has a default.
   *
   * @param <N> what identifies a node
   */
  public static final class Builder<N> {
    private final Backend<N>[] backends;
    private Duration decay = DEFAULT_DECAY;
    private Ticker ticker = Ticker.systemTicker();
    private RandomGenerator random = TwoChoices.PER_THREAD;

    private Builder(Backend<N>[] backends) {
      this.backends = backends;
    }

    /**
     * Sets how fast a latency is forgotten.
     *
     * @param decay the time in which it fades to a factor of 1/e, in [1 µs, 365 days]; ten seconds unless set
     * @return this builder
     * @throws NullPointerException if {@code decay} is null
     * @throws IllegalArgumentException if {@code decay} is out of range
     */
    public Builder<N> decay(Duration decay) {
      requireNonNull(decay, "decay");
      checkArgument(
          decay.compareTo(MIN_DECAY) >= 0 && decay.compareTo(MAX_DECAY) <= 0,
          "decay must be in [%s, %s], was %s",
          MIN_DECAY,
          MAX_DECAY,
          decay);
      this.decay = decay;
      return this;
    }

    /**
     * Sets the clock against which latencies fade.
     *
     * @param ticker the clock; the system's unless set
     * @return this builder
     * @throws NullPointerException if {@code ticker} is null
     */
    public Builder<N> ticker(Ticker ticker) {
      this.ticker = requireNonNull(ticker, "ticker");
      return this;
    }

    /**
     * Sets where the draws come from.
     *
     * @param random gives one {@code long} for each pick; thread-safe if the balancer is to be
     * @return this builder
     * @throws NullPointerException if {@code random} is null
     */
    public Builder<N> random(RandomGenerator random) {
      this.random = requireNonNull(random, "random");
      return this;
    }

    /**
     * Creates the balancer.
     *
     * @return a balancer over the backends
     */
    public PeakEwma<N> build() {
      return new PeakEwma<>(this);
    }
  }
}
