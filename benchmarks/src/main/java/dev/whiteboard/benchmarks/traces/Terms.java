package dev.whiteboard.benchmarks.traces;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.concurrent.TimeUnit;

/**
 * On what terms a trace is replayed.
 *
 * @param weighed whether sizes take of the capacity; else each entry takes 1
 * @param lifetimeNanos how long an entry may be served after it came in, 0 for ever
 * @param unit the unit of the trace's times
 */
public record Terms(boolean weighed, long lifetimeNanos, TimeUnit unit) {
  /** Every entry takes 1 and stays. */
  public static final Terms ENTRIES = new Terms(false, 0, TimeUnit.MILLISECONDS);

  public Terms {
    checkArgument(lifetimeNanos >= 0, "lifetimeNanos must be >= 0, was %s", lifetimeNanos);
  }
}
