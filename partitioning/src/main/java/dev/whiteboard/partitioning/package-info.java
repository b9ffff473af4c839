/**
 * Partitioners: given the hash of a key, which node owns it, and which nodes hold its copies.
 *
 * <p>{@link dev.whiteboard.partitioning.HashRing} is consistent hashing: nodes come and go, with weights and zones, and
 * few keys move. A {@link dev.whiteboard.partitioning.Placement} decides where a node's points lie on the ring; the
 * default mixes 64 bits, and another agrees with libketama.
 */
@NullMarked
package dev.whiteboard.partitioning;

import org.jspecify.annotations.NullMarked;
