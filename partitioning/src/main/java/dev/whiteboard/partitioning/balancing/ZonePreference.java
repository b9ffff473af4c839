package dev.whiteboard.partitioning.balancing;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Function;

/**
 * Keeps requests in the caller's zone while the backends there are not much busier than all are on average.
 *
 * <p><b>Idea.</b> There are two balancers, over the backends of the zone and over all. A request goes to the first, or
 * <i>spills</i> to the second if the zone has no backend, or has more requests in flight than
 *
 * <pre>{@code factor * (in flight anywhere) * (weight of the zone / weight of all) + (backends of the zone)}</pre>
 *
 * <p>that is, more than {@code factor} times its part of the load, and a request for each of its backends to spare: a
 * client with little to do never leaves its zone.
 *
 * <p><b>The factor.</b> Only what this process has in flight is counted. With factor 1 the zone does what is its part
 * of a large load. With the factor (weight of all / weight of the zone), or more, it does everything.
 *
 * <p><b>Membership.</b> The counts are the backends' own. A new balancer, made with the same backends, decides like
 * the old one.
 *
 * <p><b>Cost.</b> {@code pick} adds an atomic addition, a read of all counts in one of n / 16 picks (in fewer than 32
 * backends, in every pick), and the balancer's own pick. So a decision can be n / 16 picks old, the sixteenth of a
 * request for each backend. <b>Thread safety.</b> Safe if the two balancers are.
 *
 * <p><b>Instead.</b> If zones are near each other and traffic between them is free, leave it away: one balancer over
 * all spreads better.
 *
 * @param <N> what identifies a node
 */
public final class ZonePreference<N> implements Balancer<N> {
  /** Picks for which a decision stands, as a part of the number of backends. */
  private static final int RENEWALS_PER_ROUND = 16;

  private final Balancer<N> local;
  private final Balancer<N> all;
  private final Backend<N>[] localBackends;
  private final Backend<N>[] allBackends;

  /** What the zone may have in flight for each request in flight anywhere, apart from those to spare. */
  private final double localPart;

  private final Turns turns;

  /** The latest decision; written by whoever has turn 0. */
  private volatile boolean spilling;

  private ZonePreference(
      Backend<N>[] localBackends,
      Backend<N>[] allBackends,
      double factor,
      Function<? super List<Backend<N>>, ? extends Balancer<N>> factory) {
    this.localBackends = localBackends;
    this.allBackends = allBackends;
    all = balancer(factory, allBackends);
    local = localBackends.length == 0 ? all : balancer(factory, localBackends);
    localPart = factor * weight(localBackends) / Math.max(1, weight(allBackends));
    turns = new Turns(Math.max(1, allBackends.length / RENEWALS_PER_ROUND));
  }

  private static <N> Balancer<N> balancer(
      Function<? super List<Backend<N>>, ? extends Balancer<N>> factory, Backend<N>[] backends) {
    return requireNonNull(factory.apply(Backends.listOf(backends)), "balancer of the factory");
  }

  /**
   * Creates a balancer that prefers a zone.
   *
   * @param <N> what identifies a node
   * @param zone the caller's zone, not empty
   * @param factor how many times its part of the load the zone does before requests spill; finite, at least 1
   * @param backends the backends of all zones, at most 65,536
   * @param factory makes a balancer over a list of backends, for instance {@code TwoChoices::of}; it is called for all
   *     backends, and for those of the zone if there are any
   * @return the balancer
   * @throws NullPointerException if an argument, a backend or a balancer that the factory makes is null
   * @throws IllegalArgumentException if {@code zone} is empty, {@code factor} is out of range or not a number, two
   *     backends have the same identity, or there are too many
   */
  public static <N> ZonePreference<N> of(
      String zone,
      double factor,
      List<Backend<N>> backends,
      Function<? super List<Backend<N>>, ? extends Balancer<N>> factory) {
    requireNonNull(zone, "zone");
    checkArgument(!zone.isEmpty(), "zone must not be empty");
    checkArgument(
        factor >= 1 && factor <= Double.MAX_VALUE,
        "factor must be finite and >= 1, was %s",
        factor);
    Backend<N>[] all = Backends.copyOf(backends);
    requireNonNull(factory, "factory");
    Backend<N>[] local = Backends.copyOf(
        backends.stream().filter(backend -> backend.zone().equals(zone)).toList());
    return new ZonePreference<>(local, all, factor, factory);
  }

  @Override
  public Backend<N> pick() {
    if (turns.next() == 0) {
      spilling = localIsBusier();
    }
    return (spilling ? all : local).pick();
  }

  private boolean localIsBusier() {
    return inFlight(localBackends) > localPart * inFlight(allBackends) + localBackends.length;
  }

  /** Reads 2^16 counts below 2^31: the sum is exact as a {@code double}. */
  private static long inFlight(Backend<?>[] backends) {
    long sum = 0;
    for (Backend<?> backend : backends) {
      sum += backend.inFlight();
    }
    return sum;
  }

  private static long weight(Backend<?>[] backends) {
    long sum = 0;
    for (Backend<?> backend : backends) {
      sum += backend.weight();
    }
    return sum;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The balancer over all zones is told.
   */
  @Override
  public void done(Backend<N> backend, long elapsedNanos) {
    all.done(backend, elapsedNanos);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The balancer over all zones is told.
   */
  @Override
  public void cancel(Backend<N> backend) {
    all.cancel(backend);
  }

  @Override
  public List<Backend<N>> backends() {
    return Backends.listOf(allBackends);
  }
}
