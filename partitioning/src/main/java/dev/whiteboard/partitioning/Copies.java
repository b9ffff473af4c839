package dev.whiteboard.partitioning;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * For each slot the nodes that hold it, owner first, as lists of one node, of two, and so on; immutable.
 *
 * <p>Who holds a slot follows from its owner and the nodes, by {@link SlotOrder#holders}. The lists of another slot stay
 * as they are when a node joins, leaves or changes: without that node the first holders are the same, and with it they
 * are the first of those and it. So a change looks at the nodes of few slots only.
 */
final class Copies<N> {
  private final int wanted;
  private final int slots;

  /** By length less one, then by slot; equal lists are one object. No longer than {@code wanted} or the nodes. */
  private final List<N>[][] lists;

  @SuppressWarnings({"unchecked", "rawtypes"})
  Copies(int wanted, int slots, int longest, IntFunction<List<N>> holders) {
    this.wanted = wanted;
    this.slots = slots;
    lists = new List[longest][slots];
    Prefix<N> none = new Prefix<>(List.of());
    for (int slot = 0; slot < slots && longest > 0; slot++) {
      Prefix<N> prefix = none;
      for (N holder : holders.apply(slot)) {
        prefix = prefix.with(holder);
        lists[prefix.list.size() - 1][slot] = prefix.list;
      }
    }
  }

  /** How many holders a slot has once there are enough nodes. */
  int wanted() {
    return wanted;
  }

  int slots() {
    return slots;
  }

  /** How many holders a slot has. */
  int longest() {
    return lists.length;
  }

  List<N> get(int slot, int count) {
    return lists[count - 1][slot];
  }

  /**
   * The lists that fit new owners.
   *
   * @param leads the list of its owner, for each slot
   * @param changed the node that has joined, left, or got another weight or zone
   */
  Copies<N> changed(SlotOrder<N> order, IntFunction<List<N>> leads, @Nullable N changed) {
    int count = Math.min(wanted, order.size());
    return new Copies<>(
        wanted, slots, count, slot -> holders(slot, leads.apply(slot), order, count, changed));
  }

  private List<N> holders(
      int slot, List<N> lead, SlotOrder<N> order, int count, @Nullable N changed) {
    if (count == 1) {
      return lead;
    }
    List<N> before = longest() == 0 ? List.of() : get(slot, longest());
    boolean sameOwner = !before.isEmpty() && before.get(0).equals(lead.get(0));
    if (!sameOwner || (changed != null && before.contains(changed))) {
      return order.holders(slot, lead, count);
    }
    return changed == null || !order.contains(changed)
        ? before
        : order.holders(slot, before, changed, count);
  }

  /** A list of holders, and those that are longer by one; made while the slots are gone through. */
  private record Prefix<N>(List<N> list, Map<N, Prefix<N>> longer) {
    Prefix(List<N> list) {
      this(list, new HashMap<>());
    }

    Prefix<N> with(N holder) {
      return longer.computeIfAbsent(
          holder,
          last -> new Prefix<>(ImmutableList.<N>builder().addAll(list).add(last).build()));
    }
  }
}
