/**
 * Caches that keep what is likely to be asked for again.
 *
 * <p>{@link dev.whiteboard.caching.LruCache} and {@link dev.whiteboard.caching.LfuCache} are the textbook's caches: exact,
 * for one thread, one screen each. {@link dev.whiteboard.caching.EvictionPolicy} names twelve ways to choose what leaves a
 * full cache; {@link dev.whiteboard.caching.CacheSimulator} tells what hit ratio each has on recorded requests, and
 * {@link dev.whiteboard.caching.Belady} what the best one could have.
 */
@NullMarked
package dev.whiteboard.caching;

import org.jspecify.annotations.NullMarked;
