package dev.whiteboard.partitioning.balancing;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Draws two backends at random and gives the request to the one that is less busy.
 *
 * <p><b>Idea.</b> One random choice leaves the longest of n queues about ln n / ln ln n long; the better of two
 * leaves it about ln ln n, and a third choice adds little. Azar, Broder, Karlin and Upfal, <i>Balanced Allocations</i>,
 * STOC 1994; Mitzenmacher, <i>The Power of Two Choices in Randomized Load Balancing</i>, 2001. It withstands stale
 * figures, since no backend is everybody's choice.
 *
 * <p><b>Weights.</b> The two differ, and are drawn in proportion to their weights; the one with fewer requests in
 * flight for its weight wins, or the one drawn first if they tie. So idle backends serve in proportion to their
 * weights. Weights whose sum, divided by their greatest common divisor, is more than 65,536 are rounded for the draw
 * as by {@link SmoothRoundRobin}; the comparison is exact.
 *
 * <p><b>Cost.</b> {@code pick} is one random number, two counts read and one atomic addition; {@code done} is one
 * compare-and-set. Equal weights need no table; otherwise it takes two bytes for each unit of weight, at most 128 KiB.
 * <b>Thread safety.</b> Safe if the random generator is, as the default is; {@code pick} never waits.
 *
 * <p><b>Instead.</b> For a handful of backends {@link LeastInFlight} is a little better. If backends become slow rather
 * than full, {@link PeakEwma} notices sooner.
 *
 * @param <N> what identifies a node
 */
public final class TwoChoices<N> implements Balancer<N> {
  /** The default of all balancers that draw: a generator for each thread. */
  static final RandomGenerator PER_THREAD = () -> ThreadLocalRandom.current().nextLong();

  private final Backend<N>[] backends;
  private final Pairs pairs;
  private final RandomGenerator random;

  private TwoChoices(Backend<N>[] backends, RandomGenerator random) {
    this.backends = backends;
    this.random = random;
    pairs = new Pairs(Backends.weights(backends));
  }

  /**
   * Creates a balancer with a random generator for each thread.
   *
   * @param <N> what identifies a node
   * @param backends the backends, at most 65,536
   * @return the balancer
   * @throws NullPointerException if {@code backends} or one of them is null
   * @throws IllegalArgumentException if two have the same identity, or there are too many
   */
  public static <N> TwoChoices<N> of(List<Backend<N>> backends) {
    return of(backends, PER_THREAD);
  }

  /**
   * Creates a balancer.
   *
   * @param <N> what identifies a node
   * @param backends the backends, at most 65,536
   * @param random gives one {@code long} for each pick; thread-safe if the balancer is to be
   * @return the balancer
   * @throws NullPointerException if {@code backends}, one of them or {@code random} is null
   * @throws IllegalArgumentException if two have the same identity, or there are too many
   */
  public static <N> TwoChoices<N> of(List<Backend<N>> backends, RandomGenerator random) {
    return new TwoChoices<>(Backends.copyOf(backends), requireNonNull(random, "random"));
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
    // Both factors are below 2^31.
    boolean twoIsLessBusy = (long) two.inFlight() * one.weight < (long) one.inFlight() * two.weight;
    return (twoIsLessBusy ? two : one).acquire();
  }

  @Override
  public List<Backend<N>> backends() {
    return Backends.listOf(backends);
  }
}
