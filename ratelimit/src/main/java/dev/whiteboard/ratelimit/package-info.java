/**
 * How much may pass: in one thread or in many, for one caller or for a million, on one machine or on several.
 *
 * <p>A {@link dev.whiteboard.ratelimit.Limit} says how much, a {@link dev.whiteboard.ratelimit.RateLimiter} holds
 * callers to it, and a {@link dev.whiteboard.ratelimit.Decision} tells a refused caller when to come back. All limiters
 * are thread-safe and read time from a {@code Ticker}.
 *
 * <ul>
 *   <li>{@link dev.whiteboard.ratelimit.TokenBucket} permits bursts, and is the usual choice. {@link
 *       dev.whiteboard.ratelimit.LeakyBucket} smooths them. {@link dev.whiteboard.ratelimit.FixedWindow}, {@link
 *       dev.whiteboard.ratelimit.SlidingWindowCounter} and {@link dev.whiteboard.ratelimit.SlidingWindowLog} count by
 *       the period: coarsely, about right, and exactly.
 *   <li>{@link dev.whiteboard.ratelimit.KeyedRateLimiter} and {@link dev.whiteboard.ratelimit.FlatRateLimiter} hold each
 *       of many keys to a limit; {@link dev.whiteboard.ratelimit.LeasedRateLimiter} serves many threads; {@link
 *       dev.whiteboard.ratelimit.SharedRateLimiter} many machines.
 *   <li>{@link dev.whiteboard.ratelimit.ConcurrencyLimiter} bounds what is in flight instead of a rate.
 *   <li>For the client who is told to wait: {@link dev.whiteboard.ratelimit.Backoff}, {@link
 *       dev.whiteboard.ratelimit.RetryBudget}, {@link dev.whiteboard.ratelimit.AdaptiveThrottle}. {@link
 *       dev.whiteboard.ratelimit.RateLimitHeaders} is how it is told over HTTP.
 * </ul>
 */
@NullMarked
package dev.whiteboard.ratelimit;

import org.jspecify.annotations.NullMarked;
