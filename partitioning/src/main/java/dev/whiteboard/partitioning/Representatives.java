package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;

import dev.whiteboard.core.hash.Xxh3;
import java.util.List;
import java.util.Set;

/** Asks a partitioner about slots, through one hash of each. */
record Representatives<N>(Partitioner<N> partitioner, int slots) {
  /** Half of the hashes there are: slots leave the lowest bit out. As a {@code long} it is unsigned. */
  private static final long HALF_HASHES = 1L << 63;

  /**
   * A hash of the slot, drawn from all that it has: borders of a {@link HashRing} lie anywhere within a slot, and some
   * partitioners need every bit of a hash mixed.
   */
  static long of(int slot, int slots) {
    long draw = Xxh3.hash(slot);
    long first = first(slot, slots);
    long width = first(slot + 1, slots) - first;
    return ((first + Long.remainderUnsigned(draw, width)) << 1) | (draw >>> 63);
  }

  /** The first half hash of a slot: slot * 2^63 / slots, rounded up; the second term has 49 bits at most. */
  private static long first(int slot, int slots) {
    long whole = Long.divideUnsigned(HALF_HASHES, slots);
    long rest = Long.remainderUnsigned(HALF_HASHES, slots);
    return slot * whole + (slot * rest + slots - 1) / slots;
  }

  /** The first {@code count} holders of a slot, checked to be that many different nodes. */
  List<N> holders(int slot, int count) {
    long hash = of(slot, slots);
    List<N> holders =
        count == 1 ? List.of(partitioner.locate(hash)) : partitioner.replicas(hash, count);
    checkArgument(
        holders.size() == count && Set.copyOf(holders).size() == count,
        "partitioner must give %s different nodes, gave %s",
        count,
        holders);
    checkArgument(
        partitioner.nodes().containsAll(holders),
        "partitioner must give nodes of its own, gave %s",
        holders);
    return holders;
  }
}
