/**
 * The 64-bit hash with which every other block turns a key into a number.
 *
 * <p>{@link dev.whiteboard.core.hash.Xxh3} takes a {@code long}, a {@code String} or bytes and allocates nothing. For any
 * other input, or for a cryptographic hash, use Guava's {@code com.google.common.hash.Hashing}.
 */
@NullMarked
package dev.whiteboard.core.hash;

import org.jspecify.annotations.NullMarked;
