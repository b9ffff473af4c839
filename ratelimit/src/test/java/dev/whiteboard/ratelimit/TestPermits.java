package dev.whiteboard.ratelimit;

/** What tests do with permits. */
final class TestPermits {
  private TestPermits() {}

  /** Takes permits one by one until one is refused, and counts them. */
  static long drain(RateLimiter limiter) {
    long taken = 0;
    while (limiter.tryAcquire()) {
      taken++;
    }
    return taken;
  }
}
