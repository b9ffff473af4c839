package dev.whiteboard.benchmarks.claims;

import com.google.common.base.Ticker;

/** Elapsed time that an experiment sets itself. */
final class ManualTicker extends Ticker {
  long nanos;

  @Override
  public long read() {
    return nanos;
  }
}
