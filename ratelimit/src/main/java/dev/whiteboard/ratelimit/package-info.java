/**
 * Limiters that decide, without blocking, whether one more request may pass.
 *
 * <p>A {@link dev.whiteboard.ratelimit.Limit} says how much, a {@link dev.whiteboard.ratelimit.RateLimiter} holds
 * callers to it, and a {@link dev.whiteboard.ratelimit.Decision} tells a refused caller when to come back. {@link
 * dev.whiteboard.ratelimit.TokenBucket} permits bursts up to its capacity and is the usual choice. All limiters are
 * thread-safe and read time from a {@code Ticker}.
 */
@NullMarked
package dev.whiteboard.ratelimit;

import org.jspecify.annotations.NullMarked;
