package dev.whiteboard.core.id;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An atomic {@code long} that has its cache line to itself.
 *
 * <p>Sharing a line with a neighbour that another core writes costs more than the atomic operation; the superclass pads
 * the front, because the JVM lays out a superclass's fields first.
 */
final class PaddedLong extends PaddedLongValue {
  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(PaddedLongValue.class, "value", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  long p8;
  long p9;
  long p10;
  long p11;
  long p12;
  long p13;
  long p14;

  PaddedLong(long initial) {
    value = initial;
  }

  long get() {
    return value;
  }

  boolean compareAndSet(long expected, long next) {
    return VALUE.compareAndSet(this, expected, next);
  }

  long incrementAndGet() {
    return addAndGet(1);
  }

  long addAndGet(long delta) {
    return (long) VALUE.getAndAdd(this, delta) + delta;
  }
}

class PaddedLongFront {
  long p1;
  long p2;
  long p3;
  long p4;
  long p5;
  long p6;
  long p7;
}

class PaddedLongValue extends PaddedLongFront {
  volatile long value;
}
