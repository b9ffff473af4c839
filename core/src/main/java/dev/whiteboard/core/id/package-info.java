/**
 * Identifiers that sort by time and need no coordination.
 *
 * <p>{@link dev.whiteboard.core.id.Snowflake} packs a millisecond, a node and a sequence number into one {@code long}.
 */
@NullMarked
package dev.whiteboard.core.id;

import org.jspecify.annotations.NullMarked;
