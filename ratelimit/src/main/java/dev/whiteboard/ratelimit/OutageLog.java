package dev.whiteboard.ratelimit;

import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;

/**
 * Tells an operator that a store has begun to fail, and that it is back, once each.
 *
 * <p>A store that fails now and then fails all the time: it is back when enough requests in a row have found it.
 * Otherwise such a store would fill the log.
 *
 * <p><b>Cost.</b> A volatile read while the store works. <b>Thread safety.</b> Safe and lock-free.
 */
final class OutageLog {
  private static final int ENOUGH = 100;

  private final Logger logger;
  private final String prefix;
  private final WhenUnreachable whenUnreachable;

  /** How many requests in a row have still to find the store until it is back; 0 while it works. */
  private final AtomicInteger missing = new AtomicInteger();

  OutageLog(Logger logger, String prefix, WhenUnreachable whenUnreachable) {
    this.logger = logger;
    this.prefix = prefix;
    this.whenUnreachable = whenUnreachable;
  }

  void failed(Exception e) {
    if (missing.getAndSet(ENOUGH) == 0) {
      logger.warn(
          "The store of limiter '{}' fails; until it is back: {}", prefix, whenUnreachable, e);
    }
  }

  void worked() {
    if (missing.get() != 0 && missing.getAndUpdate(left -> Math.max(0, left - 1)) == 1) {
      logger.info("The store of limiter '{}' is back", prefix);
    }
  }
}
