package dev.whiteboard.partitioning.balancing;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Gives a new backend few requests at first, so that it can fill its caches and compile its code, and its full share
 * after a while.
 *
 * <p><b>Idea.</b> A backend is new when a slow start first sees it. During the window after that it keeps only a part
 * of the requests that the balancer underneath picks it for: the part of the window that has passed, but at least a
 * minimum. One number is drawn for each request. If it turns the picked backend down, the pick is cancelled, and the
 * request goes in rotation to one of the others that it does not turn down. nginx {@code slow_start}; Envoy, <i>Slow
 * start mode</i>. A backend gets exactly that part of what the balancer underneath would give it, whichever that is,
 * and what the rotation gives it of the requests that newer ones turn down.
 *
 * <p><b>All new.</b> Newness is relative to the oldest backend, which keeps everything. If all are equally new, as
 * when a process starts, nothing is held back.
 *
 * <p><b>Membership.</b> The time is in the {@link Backend} and outlives this balancer. To warm a node up once more,
 * make a new backend for it. Slow starts that share backends need the same ticker.
 *
 * <p><b>Time.</b> While the clock stands still or is behind the time at which a backend was seen, the backend keeps its
 * part or the minimum.
 *
 * <p><b>Cost.</b> {@code pick} adds a clock reading and a random number while a backend is new, and a search for
 * another backend, at worst O(n), if the first is turned down. Once all are warm it adds one read. <b>Thread
 * safety.</b> Safe and lock-free if the balancer underneath, the ticker and the random generator are.
 *
 * <p><b>Instead.</b> {@link LeastInFlight} picks an idle newcomer for every request, of which even a tenth is much:
 * put a slow start on {@link TwoChoices} or a round robin. Rotation does not know zones: put {@link ZonePreference} on
 * slow starts, not the other way round.
 *
 * @param <N> what identifies a node
 */
public final class SlowStart<N> implements Balancer<N> {
  /** The window unless the builder is told otherwise. */
  public static final Duration DEFAULT_WINDOW = Duration.ofSeconds(30);

  /** The least part of its requests that a new backend keeps, unless the builder is told otherwise; Envoy's. */
  public static final double DEFAULT_MINIMUM_SHARE = 0.1;

  private static final Duration MIN_WINDOW = Duration.ofNanos(1);
  private static final Duration MAX_WINDOW = Duration.ofDays(365);

  private final Balancer<N> delegate;
  private final Backend<N>[] backends;
  private final Turns turns;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final long windowNanos;
  private final double minimumShare;

  /** When the oldest and the newest backend were first seen. */
  private final long oldest;

  private final long newest;

  /** Whether the newest backend has been seen to be warm. It stays true. */
  private volatile boolean warm;

  private SlowStart(Builder<N> builder) {
    delegate = builder.delegate;
    backends = Backends.copyOf(delegate.backends());
    turns = new Turns(backends.length);
    ticker = builder.ticker;
    random = builder.random;
    windowNanos = builder.window.toNanos();
    minimumShare = builder.minimumShare;
    long now = ticker.read();
    long[] ages = Arrays.stream(backends)
        .mapToLong(backend -> now - backend.metAt(now))
        .sorted()
        .toArray();
    newest = ages.length == 0 ? now : now - ages[0];
    oldest = ages.length == 0 ? now : now - ages[ages.length - 1];
  }

  /**
   * Starts to describe a slow start.
   *
   * @param <N> what identifies a node
   * @param delegate the balancer underneath, whose backends are at most 65,536
   * @return a builder with a window of 30 seconds, a minimum of a tenth, the system's ticker and a random generator for
   *     each thread
   * @throws NullPointerException if {@code delegate} is null
   */
  public static <N> Builder<N> builder(Balancer<N> delegate) {
    return new Builder<>(requireNonNull(delegate, "delegate"));
  }

  @Override
  public Backend<N> pick() {
    if (warm) {
      return delegate.pick();
    }
    long now = ticker.read();
    if (now - newest >= windowNanos) {
      warm = true;
      return delegate.pick();
    }
    double drawn = (random.nextLong() >>> 11) * 0x1p-53;
    Backend<N> wanted = delegate.pick();
    if (drawn < share(wanted, now)) {
      return wanted;
    }
    delegate.cancel(wanted);
    return another(drawn, now).acquire();
  }

  /** The next backend in rotation that keeps the request. The oldest does, for its share is 1. */
  private Backend<N> another(double drawn, long now) {
    Backend<N> next;
    do {
      next = backends[turns.next()];
    } while (drawn >= share(next, now));
    return next;
  }

  /** The part of its requests that a backend keeps: relative to the oldest, so never more than 1. */
  private double share(Backend<N> backend, long now) {
    return ramp(now - backend.metAt(now)) / ramp(now - oldest);
  }

  private double ramp(long ageNanos) {
    return Math.max(minimumShare, Math.min(1, ageNanos / (double) windowNanos));
  }

  @Override
  public void done(Backend<N> backend, long elapsedNanos) {
    delegate.done(backend, elapsedNanos);
  }

  @Override
  public void cancel(Backend<N> backend) {
    delegate.cancel(backend);
  }

  @Override
  public List<Backend<N>> backends() {
    return Backends.listOf(backends);
  }

  /**
   * Describes a slow start; every setting but the balancer underneath has a default.
   *
   * @param <N> what identifies a node
   */
  public static final class Builder<N> {
    private final Balancer<N> delegate;
    private Duration window = DEFAULT_WINDOW;
    private double minimumShare = DEFAULT_MINIMUM_SHARE;
    private Ticker ticker = Ticker.systemTicker();
    private RandomGenerator random = TwoChoices.PER_THREAD;

    private Builder(Balancer<N> delegate) {
      this.delegate = delegate;
    }

    /**
     * Sets how long a backend is new.
     *
     * @param window the time until it keeps all its requests, in [1 ns, 365 days]; 30 seconds unless set
     * @return this builder
     * @throws NullPointerException if {@code window} is null
     * @throws IllegalArgumentException if {@code window} is out of range
     */
    public Builder<N> window(Duration window) {
      requireNonNull(window, "window");
      checkArgument(
          window.compareTo(MIN_WINDOW) >= 0 && window.compareTo(MAX_WINDOW) <= 0,
          "window must be in [%s, %s], was %s",
          MIN_WINDOW,
          MAX_WINDOW,
          window);
      this.window = window;
      return this;
    }

    /**
     * Sets what a backend keeps at the least.
     *
     * @param minimumShare the part of its requests, in (0, 1]; a tenth unless set
     * @return this builder
     * @throws IllegalArgumentException if {@code minimumShare} is out of range or not a number
     */
    public Builder<N> minimumShare(double minimumShare) {
      checkArgument(
          minimumShare > 0 && minimumShare <= 1,
          "minimumShare must be in (0, 1], was %s",
          minimumShare);
      this.minimumShare = minimumShare;
      return this;
    }

    /**
     * Sets the clock by which backends age.
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
     * @param random gives one {@code long} for each pick while a backend is new; thread-safe if the balancer is to be
     * @return this builder
     * @throws NullPointerException if {@code random} is null
     */
    public Builder<N> random(RandomGenerator random) {
      this.random = requireNonNull(random, "random");
      return this;
    }

    /**
     * Creates the slow start. Backends that no slow start has seen are new from now on.
     *
     * @return a balancer over the backends of the one underneath
     * @throws NullPointerException if the balancer underneath lists null
     * @throws IllegalArgumentException if two of its backends have the same identity, or there are too many
     */
    public SlowStart<N> build() {
      return new SlowStart<>(this);
    }
  }
}
