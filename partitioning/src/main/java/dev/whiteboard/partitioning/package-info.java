/**
 * Partitioners: given the hash of a key, which node owns it, and which nodes hold its copies.
 *
 * <p>{@link dev.whiteboard.partitioning.HashRing} is consistent hashing and the usual choice: nodes come and go, with weights
 * and zones, and few keys move. {@link dev.whiteboard.partitioning.TokenRing}, {@link
 * dev.whiteboard.partitioning.JumpHash}, {@link dev.whiteboard.partitioning.RendezvousHash}, {@link
 * dev.whiteboard.partitioning.AnchorHash} and {@link dev.whiteboard.partitioning.MaglevTable} trade memory, balance and
 * freedom in other ways; each says when. Any of them can be compiled into a {@link dev.whiteboard.partitioning.SlotTable},
 * which answers with one array read, or a slot table can own the keys itself; a {@link
 * dev.whiteboard.partitioning.RebalancePlan} says what a change of it moves.
 *
 * <p>{@link dev.whiteboard.partitioning.BoundedLoad} keeps owners from having too much to do. {@link
 * dev.whiteboard.partitioning.RangePartitioner} keeps keys in order, {@link dev.whiteboard.partitioning.Geohash} makes such
 * keys of places, and {@link dev.whiteboard.partitioning.KeySalting} spreads a key that is too popular for one node.
 */
@NullMarked
package dev.whiteboard.partitioning;

import org.jspecify.annotations.NullMarked;
