package dev.whiteboard.partitioning.balancing;

import java.util.List;

/**
 * Gives every backend a request in turn.
 *
 * <p><b>Idea.</b> Count the requests; number k goes to backend k mod n. The first goes to the first of the list, so
 * give each client an order of its own: clients that start together in one order send their first requests to one
 * backend.
 *
 * <p><b>Cost.</b> {@code pick} is two atomic additions and a division, {@code done} one compare-and-set; {@code next}
 * saves the second addition. <b>Thread safety.</b> Safe; {@code pick} never waits. However threads meet, any n picks
 * in a row are n backends.
 *
 * <p><b>Instead.</b> Weights are ignored: {@link SmoothRoundRobin} obeys them. Equal numbers are not equal loads: if
 * requests differ in size or servers in speed, {@link TwoChoices} keeps the queues shorter.
 *
 * @param <N> what identifies a node
 */
public final class RoundRobin<N> implements Balancer<N> {
  private final Backend<N>[] backends;
  private final Turns turns;

  private RoundRobin(Backend<N>[] backends) {
    this.backends = backends;
    turns = new Turns(backends.length);
  }

  /**
   * Creates a balancer that starts with the first backend.
   *
   * @param <N> what identifies a node
   * @param backends the backends in the order of their turns, at most 65,536
   * @return the balancer
   * @throws NullPointerException if {@code backends} or one of them is null
   * @throws IllegalArgumentException if two have the same identity, or there are too many
   */
  public static <N> RoundRobin<N> of(List<Backend<N>> backends) {
    return new RoundRobin<>(Backends.copyOf(backends));
  }

  /**
   * Takes a turn without counting a request in flight: for callers that report no answers. Such a turn needs neither
   * {@link #done} nor {@link #cancel}.
   *
   * @return the backend whose turn it is
   * @throws IllegalStateException if there is no backend
   */
  public Backend<N> next() {
    Backends.checkAny(backends);
    return backends[turns.next()];
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
