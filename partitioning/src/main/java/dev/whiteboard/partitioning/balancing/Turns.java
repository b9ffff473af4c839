package dev.whiteboard.partitioning.balancing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Hands out 0, 1, ..., length - 1, 0, 1, ... to any number of threads: one atomic addition, on a cache line of its own.
 *
 * <p>After 2<sup>63</sup> turns the count starts again at 0 within a round. At one turn a nanosecond, that is once in
 * 292 years.
 */
final class Turns extends TurnsTaken {
  private static final VarHandle TAKEN;

  static {
    try {
      TAKEN = MethodHandles.lookup().findVarHandle(TurnsTaken.class, "taken", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long length;

  long p8;
  long p9;
  long p10;
  long p11;
  long p12;
  long p13;
  long p14;

  /** Starts with turn 0 of rounds of the given length, at least 1 unless no turn is ever taken. */
  Turns(int length) {
    this(length, 0);
  }

  /** Starts after the given number of turns. */
  Turns(int length, long taken) {
    this.length = length;
    this.taken = taken;
  }

  int next() {
    return (int) (((long) TAKEN.getAndAdd(this, 1L) & Long.MAX_VALUE) % length);
  }
}

class TurnsTaken extends TurnsPadding {
  volatile long taken;
}

class TurnsPadding {
  long p1;
  long p2;
  long p3;
  long p4;
  long p5;
  long p6;
  long p7;
}
