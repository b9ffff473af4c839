package dev.whiteboard.ratelimit;

import java.time.Duration;
import java.util.Optional;

/**
 * What a limiter answers to a request, and what to tell the caller. The hints hold if nobody else takes permits
 * meanwhile.
 *
 * @param allowed whether the permits can be taken now
 * @param remaining how many whole permits are there now, before the request takes any; what a {@link SharedRateLimiter}
 *     has taken it no longer counts
 * @param retryAfter the least time after which the permits can be taken, in whole nanoseconds rounded up, so that
 *     waiting as told succeeds; zero if they are there now; empty if they never can be, because they are more than
 *     the burst
 * @param resetAfter the least time after which the limiter is as good as new; with what a {@link SharedRateLimiter} has
 *     taken
 */
public record Decision(
    boolean allowed, long remaining, Optional<Duration> retryAfter, Duration resetAfter) {}
