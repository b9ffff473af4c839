package dev.whiteboard.partitioning.balancing;

import java.util.List;

/**
 * Gives the request to the backend that is least busy, of all.
 *
 * <p><b>Idea.</b> Join the shortest queue. The queue is what this process has in flight; a backend of weight w is w
 * servers, so the least (in flight + 1) / w wins: how busy it would be with this request. Backends that tie share
 * evenly, because each scan starts one further. Winston, <i>Optimality of the Shortest Line Discipline</i>, 1977.
 *
 * <p><b>Exactness.</b> Fractions are compared by cross-multiplication, without rounding. Each count is read once, while
 * other threads pick: the winner was least busy when it was looked at, not necessarily at the end of the scan.
 *
 * <p><b>Cost.</b> {@code pick} reads the count of every backend, O(n), and does two atomic additions; {@code done} is
 * one compare-and-set. <b>Thread safety.</b> Safe; {@code pick} never waits.
 *
 * <p><b>Instead.</b> Many clients that look at the same figures all choose the same backend, and n may be large: {@link
 * TwoChoices} looks at two. A backend that fails fast has an empty queue and attracts requests: take it out.
 *
 * @param <N> what identifies a node
 */
public final class LeastInFlight<N> implements Balancer<N> {
  private final Backend<N>[] backends;
  private final Turns starts;

  private LeastInFlight(Backend<N>[] backends) {
    this.backends = backends;
    starts = new Turns(backends.length);
  }

  /**
   * Creates a balancer.
   *
   * @param <N> what identifies a node
   * @param backends the backends, at most 65,536; the first scan starts with the first
   * @return the balancer
   * @throws NullPointerException if {@code backends} or one of them is null
   * @throws IllegalArgumentException if two have the same identity, or there are too many
   */
  public static <N> LeastInFlight<N> of(List<Backend<N>> backends) {
    return new LeastInFlight<>(Backends.copyOf(backends));
  }

  @Override
  public Backend<N> pick() {
    Backends.checkAny(backends);
    int start = starts.next();
    Backend<N> least = backends[start];
    long requests = least.inFlight() + 1L;
    for (int i = 1; i < backends.length; i++) {
      int at = start + i;
      Backend<N> other = backends[at < backends.length ? at : at - backends.length];
      long others = other.inFlight() + 1L;
      // Both factors are at most 2^31.
      if (others * least.weight < requests * other.weight) {
        least = other;
        requests = others;
      }
    }
    return least.acquire();
  }

  @Override
  public List<Backend<N>> backends() {
    return Backends.listOf(backends);
  }
}
