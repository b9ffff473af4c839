package dev.whiteboard.partitioning.balancing;

import java.util.Arrays;
import java.util.List;

/**
 * Gives the backends requests in turn, in proportion to their weights, and never more in a row than it must.
 *
 * <p><b>Idea.</b> With each request every backend earns credit equal to its weight; the one with the most credit, the
 * first of the list if several have it, serves the request and pays the sum of the weights. Weights 5, 1, 1 give a a b
 * a c a a rather than a a a a a b c. nginx, commit 52327e0627f4, <i>Upstream: smooth weighted round-robin
 * balancing</i>, 2012. The sequence repeats after as many requests as the weights sum to, once they are divided by
 * their greatest common divisor; so it is computed once, and a pick reads it from a table.
 *
 * <p><b>Exactness.</b> Any stretch of one cycle, wherever it starts, has each backend exactly as often as its weight
 * says. A cycle is at most 65,536 requests. If the weights sum to more, they are rounded to 65,536ths by largest
 * remainder: a share is off by less than one request in a cycle, but a backend that is due less than one gets one, and
 * the others give it up in proportion to their weights.
 *
 * <p><b>Cost.</b> {@code pick} is two atomic additions, a division and one look at the table; {@code done} one
 * compare-and-set. {@code next} saves the second addition. The table has one reference for each request of the cycle,
 * at most 256 KiB. <b>Thread safety.</b> Safe; {@code pick} never waits.
 *
 * <p><b>Instead.</b> For equal weights, {@link RoundRobin} does the same. Neither knows how busy a backend is: {@link
 * TwoChoices} does, and obeys weights.
 *
 * @param <N> what identifies a node
 */
public final class SmoothRoundRobin<N> implements Balancer<N> {
  private final Backend<N>[] backends;
  private final Backend<N>[] cycle;
  private final Turns turns;

  private SmoothRoundRobin(Backend<N>[] backends) {
    this.backends = backends;
    int[] indices = SmoothCycle.of(Slots.share(Backends.weights(backends), Slots.MAX));
    cycle = Arrays.copyOf(backends, indices.length);
    Arrays.setAll(cycle, i -> backends[indices[i]]);
    turns = new Turns(cycle.length);
  }

  /**
   * Creates a balancer that starts with the heaviest backend, the first of them if several are.
   *
   * @param <N> what identifies a node
   * @param backends the backends, at most 65,536; the order decides ties
   * @return the balancer
   * @throws NullPointerException if {@code backends} or one of them is null
   * @throws IllegalArgumentException if two have the same identity, or there are too many
   */
  public static <N> SmoothRoundRobin<N> of(List<Backend<N>> backends) {
    return new SmoothRoundRobin<>(Backends.copyOf(backends));
  }

  /**
   * Takes a turn without counting a request in flight: for callers that report no answers. Such a turn needs neither
   * {@link #done} nor {@link #cancel}.
   *
   * @return the backend whose turn it is
   * @throws IllegalStateException if there is no backend
   */
  public Backend<N> next() {
    Backends.checkAny(cycle);
    return cycle[turns.next()];
  }

  @Override
  public Backend<N> pick() {
    return next().acquire();
  }

  @Override
  public List<Backend<N>> backends() {
    return Backends.listOf(backends);
  }
}
