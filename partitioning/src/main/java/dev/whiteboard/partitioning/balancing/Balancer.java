package dev.whiteboard.partitioning.balancing;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Says which of several backends serves the next request.
 *
 * <p>Every {@code pick} is followed by one {@code done} or one {@code cancel} of the backend that it returned:
 *
 * <pre>{@code
 * Backend<String> backend = balancer.pick();
 * long start = System.nanoTime();
 * try {
 *   return call(backend.id(), request);
 * } finally {
 *   balancer.done(backend, System.nanoTime() - start);
 * }
 * }</pre>
 *
 * <p><b>Membership.</b> A balancer's backends never change. To add or remove one, make a new balancer and put it where
 * the old one was, in a {@code volatile} field. Give it the same {@link Backend} objects: they carry what is known
 * about the nodes, so that nothing is forgotten, and a request that the old balancer picked may be reported to the new
 * one.
 *
 * <p><b>Cost.</b> {@code pick}, {@code done} and {@code cancel} allocate nothing. <b>Thread safety.</b> Safe.
 *
 * @param <N> what identifies a node
 */
public interface Balancer<N> {
  /**
   * Chooses a backend and counts the request as in flight there.
   *
   * @return the backend that serves the request
   * @throws IllegalStateException if there is no backend
   */
  Backend<N> pick();

  /**
   * Reports that a request has ended, with an answer, an error or a timeout.
   *
   * @param backend the backend that was picked for it; it may have left the balancer since
   * @param elapsedNanos how long the request took in nanoseconds, at least 0
   * @throws NullPointerException if {@code backend} is null
   * @throws IllegalArgumentException if {@code elapsedNanos} is negative
   * @throws IllegalStateException if no request is in flight at this backend
   */
  default void done(Backend<N> backend, long elapsedNanos) {
    requireNonNull(backend, "backend");
    checkArgument(elapsedNanos >= 0, "elapsedNanos must be >= 0, was %s", elapsedNanos);
    backend.release();
  }

  /**
   * Takes a pick back: the request was never sent, and says nothing about how fast the backend is.
   *
   * @param backend the backend that was picked; it may have left the balancer since
   * @throws NullPointerException if {@code backend} is null
   * @throws IllegalStateException if no request is in flight at this backend
   */
  default void cancel(Backend<N> backend) {
    requireNonNull(backend, "backend").release();
  }

  /**
   * Lists the backends.
   *
   * @return the backends in the order in which they were given, unmodifiable
   */
  List<Backend<N>> backends();
}
