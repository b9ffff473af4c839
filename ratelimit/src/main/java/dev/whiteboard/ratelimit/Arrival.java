package dev.whiteboard.ratelimit;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A bucket's arrival time under one limit, until a change of the limit closes it.
 *
 * <p><b>Idea.</b> Limit and arrival time have to change together, and there is no compare-and-set on both. So every
 * limit gets an arrival time of its own. It is closed first, and then nothing can be taken from it; its last value goes
 * into that of the limit that follows. What follows is announced before the closing, so that any thread can finish the
 * change and none waits for another.
 *
 * <p><b>Cost.</b> 32 bytes. <b>Thread safety.</b> Safe and lock-free.
 */
final class Arrival {
  private static final VarHandle VALUE;
  private static final VarHandle SUCCESSOR;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      VALUE = lookup.findVarHandle(Arrival.class, "value", long.class);
      SUCCESSOR = lookup.findVarHandle(Arrival.class, "successor", Gcra.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final Gcra gcra;

  /** The tick, which is not negative, or its complement once closed. Changed by compare-and-set only. */
  private volatile long value;

  /** The limit that follows. Set once, before the closing. */
  private volatile @Nullable Gcra successor;

  Arrival(Gcra gcra, long tick) {
    this.gcra = gcra;
    value = tick;
  }

  /** The arrival time, or the last one if this is closed. */
  long tick() {
    long seen = value;
    return seen < 0 ? ~seen : seen;
  }

  boolean isClosed() {
    return value < 0;
  }

  /** Fails if this is closed. */
  boolean compareAndSet(long expectedTick, long tick) {
    return VALUE.compareAndSet(this, expectedTick, tick);
  }

  /** Announces what follows, unless a change is under way already. */
  boolean announce(Gcra next) {
    return SUCCESSOR.compareAndSet(this, null, next);
  }

  /** Closes this, if nobody has yet, and returns the last arrival time. */
  long close() {
    long seen = value;
    while (seen >= 0 && !VALUE.compareAndSet(this, seen, ~seen)) {
      seen = value;
    }
    return seen < 0 ? ~seen : seen;
  }

  /** What follows an arrival time for which a change has been announced, read at {@code elapsedNanos}. */
  Arrival next(long elapsedNanos) {
    Gcra next = requireNonNull(successor);
    return new Arrival(next, next.carryOver(gcra, tick(), elapsedNanos));
  }
}
