package dev.whiteboard.partitioning;

import dev.whiteboard.core.hash.Xxh3;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Decides which slots a node gets when it is known how many. Nodes are numbers in the order of their labels. */
final class Handover {
  /** A slot is less than 2^24, so it fits below a hash of 40 bits. */
  private static final long SLOT = SlotTable.MAX_SLOTS - 1;

  private Handover() {}

  /** Deals out a new table. The slots are shuffled first, so that those of a node lie all over the table. */
  static int[] deal(int[] quotas) {
    int[] owners = new int[IntStream.of(quotas).sum()];
    int[] slots = shuffled(IntStream.range(0, owners.length), 0);
    int dealt = 0;
    for (int node = 0; node < quotas.length; node++) {
      for (int k = 0; k < quotas[node]; k++) {
        owners[slots[dealt++]] = node;
      }
    }
    return owners;
  }

  /**
   * Changes as few owners as the new loads permit. Nodes with too many slots give up some at random; each free slot goes
   * to the node that wants it most, of those that have too few.
   *
   * @param owners the owner of each slot, or a negative number
   * @param salt draws what is given up
   */
  static int[] change(int[] owners, int[] loads, SlotOrder<?> order, long salt) {
    int[] room = loads.clone();
    IntStream.of(owners).filter(owner -> owner >= 0).forEach(owner -> room[owner]--);
    BitSet free = free(owners, room, salt);
    int[] changed = owners.clone();
    free.stream().forEach(slot -> {
      changed[slot] = order.first(slot, node -> room[node] > 0);
      room[changed[slot]]--;
    });
    return changed;
  }

  private static BitSet free(int[] owners, int[] room, long salt) {
    BitSet free = new BitSet(owners.length);
    IntStream.range(0, owners.length).filter(slot -> owners[slot] < 0).forEach(free::set);
    for (int slot : shuffled(slotsOfGivers(owners, room), salt)) {
      if (room[owners[slot]] < 0) {
        room[owners[slot]]++;
        free.set(slot);
      }
    }
    return free;
  }

  private static IntStream slotsOfGivers(int[] owners, int[] room) {
    return IntStream.range(0, owners.length)
        .filter(slot -> owners[slot] >= 0 && room[owners[slot]] < 0);
  }

  private static int[] shuffled(IntStream slots, long salt) {
    return slots
        .mapToLong(slot -> (Xxh3.hash(slot, salt) & ~SLOT) | slot)
        .sorted()
        .mapToInt(draw -> (int) (draw & SLOT))
        .toArray();
  }
}
