/**
 * Identifiers that sort by time, and short texts for them.
 *
 * <ul>
 *   <li>{@link dev.whiteboard.core.id.Snowflake} packs a time, a node and a sequence number into one {@code long}, as a
 *       {@link dev.whiteboard.core.id.SnowflakeLayout} says. {@link dev.whiteboard.core.id.RelaxedSnowflake} gives up the
 *       order between threads. {@link dev.whiteboard.core.id.NodeLease} says which node a process is.
 *   <li>{@link dev.whiteboard.core.id.UuidV7} needs no node number, and {@link dev.whiteboard.core.id.Ulid} writes the same
 *       128 bits in 26 characters.
 *   <li>{@link dev.whiteboard.core.id.Base62} and {@link dev.whiteboard.core.id.Crockford32} write numbers as text.
 *       {@link dev.whiteboard.core.id.ShortCode} writes a counter so that it shows no order.
 * </ul>
 */
@NullMarked
package dev.whiteboard.core.id;

import org.jspecify.annotations.NullMarked;
