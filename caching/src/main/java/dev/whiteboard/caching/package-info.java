/**
 * Caches that keep what is likely to be asked for again.
 *
 * <p>{@link dev.whiteboard.caching.LruCache} and {@link dev.whiteboard.caching.LfuCache} are the textbook's caches: exact,
 * for one thread, one screen each. {@link dev.whiteboard.caching.Cache} is for many threads; what leaves it is decided by
 * an {@link dev.whiteboard.caching.EvictionPolicy}, and {@link dev.whiteboard.caching.CacheSimulator} runs the same
 * policies over recorded requests. {@link dev.whiteboard.caching.StoredCache} writes through it, or behind it, to a
 * {@link dev.whiteboard.caching.BackingStore}.
 *
 * <p><b>When to use Caffeine instead.</b> In a service that has to run for years with people on call, Caffeine is the safe
 * choice: it has run in many of them since 2015. It also has what is not here: asynchronous loading
 * ({@code AsyncCache}), weak keys and soft values, variable expiry that can look at the time left, eviction on an executor
 * so that no caller pays for it, adapters for JCache and frameworks. Take this package if the bound has to hold at every
 * moment, if hits are many and memory is tight, if you want to choose the policy by your own trace, or if you want to
 * read what you run.
 */
@NullMarked
package dev.whiteboard.caching;

import org.jspecify.annotations.NullMarked;
