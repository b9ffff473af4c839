/**
 * Caches that keep what is likely to be asked for again.
 *
 * <p>{@link dev.whiteboard.caching.LruCache} is the textbook cache: exact least-recently-used order, for one thread.
 */
@NullMarked
package dev.whiteboard.caching;

import org.jspecify.annotations.NullMarked;
