package dev.whiteboard.partitioning.balancing;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import dev.whiteboard.partitioning.Node;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A node as balancers see it: who it is, and what this process has learnt about it.
 *
 * <p><b>Idea.</b> Whatever a balancer remembers about a node is in the backend: the requests in flight, the latency
 * that {@link PeakEwma} has seen, the time at which {@link SlowStart} met it. So balancers can be replaced, and two
 * can share a backend. Make one backend for a node when it joins and keep it until it leaves; a new object is a node
 * of which nothing is known.
 *
 * <p><b>Cost.</b> About 200 bytes, most of it padding: a count that shared a cache line with its neighbour's would slow
 * both. <b>Thread safety.</b> Safe and lock-free.
 *
 * @param <N> what identifies a node, with {@code equals} and {@code hashCode}
 */
public final class Backend<N> extends BackendState {
  /** A time that means none. A clock that shows it is taken to show the next nanosecond. */
  static final long NEVER = Long.MIN_VALUE;

  private static final VarHandle IN_FLIGHT = handle("inFlight");
  private static final VarHandle FADED_AT = handle("fadedAt");
  private static final VarHandle MET_AT = handle("metAt");

  private final Node<N> node;

  /** The node's weight, here to save a step on the way to it. */
  final int weight;

  long p8;
  long p9;
  long p10;
  long p11;
  long p12;
  long p13;
  long p14;

  private Backend(Node<N> node) {
    this.node = node;
    weight = node.weight();
  }

  private static VarHandle handle(String field) {
    try {
      return MethodHandles.lookup().findVarHandle(BackendState.class, field, long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * Creates a backend of which nothing is known.
   *
   * @param <N> what identifies a node
   * @param node the node
   * @return a backend without requests in flight
   * @throws NullPointerException if {@code node} is null
   */
  public static <N> Backend<N> of(Node<N> node) {
    return new Backend<>(requireNonNull(node, "node"));
  }

  /**
   * Says which node this is.
   *
   * @return the node's identity
   */
  public N id() {
    return node.id();
  }

  /**
   * Says how much the node can take.
   *
   * @return its weight relative to the other nodes, at least 1
   */
  public int weight() {
    return weight;
  }

  /**
   * Says where the node is.
   *
   * @return what fails together with it; empty if that is not known
   */
  public String zone() {
    return node.zone();
  }

  /**
   * Counts the requests that were picked for this backend, and are neither done nor cancelled.
   *
   * @return how many there are at this moment, at least 0; {@link Integer#MAX_VALUE} if there are more
   */
  public int inFlight() {
    return (int) Math.min(inFlight, Integer.MAX_VALUE);
  }

  /** Counts one request more in flight. */
  Backend<N> acquire() {
    IN_FLIGHT.getAndAdd(this, 1L);
    return this;
  }

  /** Counts one request less. Adding -1 and looking afterwards would show others a negative count. */
  void release() {
    long before;
    do {
      before = inFlight;
      checkState(before > 0, "no request is in flight at backend %s", node.id());
    } while (!IN_FLIGHT.weakCompareAndSet(this, before, before - 1));
  }

  /** When the peak of the latency has faded ({@link PeakEwma}), or {@link #NEVER} if no request has been answered. */
  long fadedAt() {
    return fadedAt;
  }

  /** Makes the peak last at least until the given time, compared as a ticker's times are: by their difference. */
  void fadeNotBefore(long nanos) {
    long before;
    do {
      before = fadedAt;
      if (before != NEVER && nanos - before <= 0) {
        return;
      }
    } while (!FADED_AT.weakCompareAndSet(this, before, notNever(nanos)));
  }

  /** When {@link SlowStart} first saw this backend: now, unless it has seen it before. */
  long metAt(long now) {
    MET_AT.compareAndSet(this, NEVER, notNever(now));
    return metAt;
  }

  private static long notNever(long nanos) {
    return nanos == NEVER ? NEVER + 1 : nanos;
  }

  @Override
  public String toString() {
    return node + " with " + inFlight() + " in flight";
  }
}

/** What changes about a backend. The JVM lays out a superclass's fields first, hence the chain. */
class BackendState extends BackendPadding {
  volatile long inFlight;
  volatile long fadedAt = Backend.NEVER;
  volatile long metAt = Backend.NEVER;
}

class BackendPadding {
  long p1;
  long p2;
  long p3;
  long p4;
  long p5;
  long p6;
  long p7;
}
