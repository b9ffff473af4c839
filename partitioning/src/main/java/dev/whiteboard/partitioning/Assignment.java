package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a {@link SlotTable} and who holds which slot; immutable. {@link Quotas} says how many slots change hands,
 * {@link Handover} which, {@link Copies} who holds them besides.
 */
final class Assignment<N> {
  /** Stands for the owner of a slot that has none. */
  private static final int NOBODY = -1;

  private final Roster<N> roster;
  private final SlotOrder<N> order;
  private final Copies<N> copies;

  /** By slot: the owner's place in the roster. */
  private final int[] owners;

  private Assignment(Roster<N> roster, SlotOrder<N> order, Copies<N> copies, int[] owners) {
    this.roster = roster;
    this.order = order;
    this.copies = copies;
    this.owners = owners;
  }

  /** Deals the slots out afresh, {@code wanted} holders for each. */
  static <N> Assignment<N> dealt(Roster<N> roster, int slots, int wanted) {
    checkRoom(roster, slots);
    int[] owners = new int[slots];
    if (roster.size() == 0) {
      Arrays.fill(owners, NOBODY);
    } else {
      Quotas quotas = new Quotas(roster.members(), slots);
      owners = Handover.deal(quotas.nearest(new int[roster.size()]));
    }
    SlotOrder<N> order = new SlotOrder<>(roster, wanted);
    Copies<N> none = new Copies<>(wanted, slots, 0, slot -> List.of());
    return new Assignment<>(
        roster, order, none.changed(order, leads(roster, owners), null), owners);
  }

  /** Takes the holders of each slot as they are given, {@code wanted} or as many as there are nodes. */
  static <N> Assignment<N> given(
      Roster<N> roster, int slots, int wanted, IntFunction<List<N>> holders) {
    checkRoom(roster, slots);
    int longest = Math.min(wanted, roster.size());
    Copies<N> copies = new Copies<>(wanted, slots, longest, holders);
    int[] owners = new int[slots];
    Arrays.setAll(
        owners,
        slot -> longest == 0 ? NOBODY : roster.indexOf(copies.get(slot, 1).get(0)));
    return new Assignment<>(roster, new SlotOrder<>(roster, wanted), copies, owners);
  }

  Roster<N> roster() {
    return roster;
  }

  Copies<N> copies() {
    return copies;
  }

  /** More holders than the lists have: those in the lists, then the rest in the slot's order. */
  List<N> replicas(int slot, int count) {
    roster.checkCount(count);
    return order.holders(slot, copies.get(slot, copies.longest()), count);
  }

  /** How many slots each node owns, in the order of labels. */
  int[] loads() {
    return loads(roster, owners);
  }

  Assignment<N> with(Node<N> node) {
    return adjusted(roster.with(node), node.id());
  }

  Assignment<N> replace(Node<N> node) {
    return adjusted(roster.without(node.id()).with(node), node.id());
  }

  Assignment<N> without(N id) {
    Roster<N> fewer = roster.without(id);
    if (fewer.size() == 0) {
      return dealt(fewer, owners.length, copies.wanted());
    }
    int[] kept = kept(fewer);
    Quotas quotas = new Quotas(fewer.members(), owners.length);
    return changed(fewer, kept, quotas.filled(loads(fewer, kept)), id);
  }

  Assignment<N> rebalanced() {
    if (roster.size() == 0) {
      return this;
    }
    Quotas quotas = new Quotas(roster.members(), owners.length);
    return changed(roster, owners, quotas.nearest(loads()), null);
  }

  private Assignment<N> adjusted(Roster<N> next, N id) {
    checkRoom(next, owners.length);
    int[] kept = kept(next);
    Quotas quotas = new Quotas(next.members(), owners.length);
    return changed(next, kept, quotas.adjusted(loads(next, kept), next.indexOf(id)), id);
  }

  private Assignment<N> changed(Roster<N> next, int[] kept, int[] loads, @Nullable N id) {
    SlotOrder<N> nextOrder = new SlotOrder<>(next, copies.wanted());
    long salt = id != null && next.contains(id) ? nextOrder.hash(next.indexOf(id)) : 0;
    int[] changed = Handover.change(kept, loads, nextOrder, salt);
    return new Assignment<>(
        next, nextOrder, copies.changed(nextOrder, leads(next, changed), id), changed);
  }

  /** The owners by their places in another roster; a node that is not in it has no slots. */
  private int[] kept(Roster<N> next) {
    int[] places = new int[roster.size()];
    Arrays.setAll(places, i -> next.contains(roster.id(i)) ? next.indexOf(roster.id(i)) : NOBODY);
    return IntStream.of(owners)
        .map(owner -> owner == NOBODY ? NOBODY : places[owner])
        .toArray();
  }

  /** The list of the owner alone, for each slot. */
  private static <N> IntFunction<List<N>> leads(Roster<N> roster, int[] owners) {
    List<List<N>> leads = roster.ids().stream().map(List::of).toList();
    return slot -> leads.get(owners[slot]);
  }

  private static int[] loads(Roster<?> roster, int[] owners) {
    int[] loads = new int[roster.size()];
    IntStream.of(owners).filter(owner -> owner != NOBODY).forEach(owner -> loads[owner]++);
    return loads;
  }

  private static void checkRoom(Roster<?> roster, int slots) {
    checkArgument(
        roster.size() <= slots, "nodes must be <= slots (%s), were %s", slots, roster.size());
  }
}
