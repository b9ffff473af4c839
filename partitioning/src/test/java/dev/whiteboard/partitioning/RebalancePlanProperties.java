package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.partitioning.RebalancePlan.Move;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RebalancePlanProperties {
  private static final int SLOTS = 30;

  /** A table of any owners; the other nodes follow in alphabetical order. */
  @Provide
  Arbitrary<SlotTable<String>> tables() {
    return Combinators.combine(
            Arbitraries.of("a", "b", "c", "d", "e").list().ofSize(SLOTS),
            Arbitraries.integers().between(1, 3))
        .as((owners, copies) -> {
          List<List<String>> holders = new ArrayList<>();
          for (String owner : owners) {
            Set<String> list = new TreeSet<>(List.of("a", "b", "c", "d", "e", "f", "g"));
            list.remove(owner);
            List<String> all = new ArrayList<>(List.of(owner));
            all.addAll(list);
            holders.add(all.subList(0, copies));
          }
          List<Node<String>> nodes =
              List.of("a", "b", "c", "d", "e", "f", "g").stream().map(Node::of).toList();
          return SlotTable.compile(new ListedPartitioner(nodes, holders), SLOTS, copies);
        });
  }

  @Property
  void applyingThePlanToTheOwnersGivesTheNewOwners(
      @ForAll("tables") SlotTable<String> before, @ForAll("tables") SlotTable<String> after) {
    RebalancePlan<String> plan = RebalancePlan.between(before, after);
    String[] owners = new String[SLOTS];
    for (int slot = 0; slot < SLOTS; slot++) {
      owners[slot] = before.ownerOf(slot);
    }
    int moved = 0;
    for (Move<String> move : plan.moves()) {
      for (int slot = move.firstSlot(); slot <= move.lastSlot(); slot++) {
        assertEquals(Optional.of(owners[slot]), move.from());
        owners[slot] = move.to();
        moved++;
      }
    }
    for (int slot = 0; slot < SLOTS; slot++) {
      assertEquals(after.ownerOf(slot), owners[slot]);
    }
    assertEquals(moved, plan.movedCopies());
    assertEquals(moved, plan.movedSlots());
  }

  @Property
  void everyNewHolderGetsItsCopyOnceFromOneThatHasIt(
      @ForAll("tables") SlotTable<String> before,
      @ForAll("tables") SlotTable<String> after,
      @ForAll @IntRange(min = 1, max = 3) int copies) {
    RebalancePlan<String> plan = RebalancePlan.between(before, after, copies);
    List<Set<String>> received = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      received.add(new HashSet<>());
    }
    for (Move<String> move : plan.moves()) {
      for (int slot = move.firstSlot(); slot <= move.lastSlot(); slot++) {
        List<String> old = before.holders(slot, copies);
        List<String> now = after.holders(slot, copies);
        String from = move.from().orElseThrow();
        assertTrue(received.get(slot).add(move.to()), "a copy moves twice");
        assertTrue(old.contains(from), "the giver has no copy");
        assertTrue(
            now.contains(from)
                || (old.get(0).equals(from) && old.stream().noneMatch(now::contains)),
            "there is a better giver");
      }
    }
    int moved = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      Set<String> expected = new HashSet<>(after.holders(slot, copies));
      before.holders(slot, copies).forEach(expected::remove);
      assertEquals(expected, received.get(slot));
      moved += expected.size();
    }
    assertEquals(moved, plan.movedCopies());
    assertEquals(moved / (double) (SLOTS * copies), plan.share());
  }

  @Property
  void movesAreAsLongAsTheyCanBeAndInOrder(
      @ForAll("tables") SlotTable<String> before,
      @ForAll("tables") SlotTable<String> after,
      @ForAll @IntRange(min = 1, max = 3) int copies) {
    List<Move<String>> moves = RebalancePlan.between(before, after, copies).moves();
    for (int i = 1; i < moves.size(); i++) {
      assertTrue(moves.get(i).firstSlot() >= moves.get(i - 1).firstSlot(), "out of order");
      for (Move<String> earlier : moves.subList(0, i)) {
        Move<String> move = moves.get(i);
        assertFalse(
            earlier.to().equals(move.to())
                && earlier.from().equals(move.from())
                && earlier.lastSlot() >= move.firstSlot() - 1,
            "two moves could be one");
      }
    }
  }

  @Property
  void minimumIsTheSumOfTheIncreasesAndNeverMoreThanTheMoves(
      @ForAll("tables") SlotTable<String> before,
      @ForAll("tables") SlotTable<String> after,
      @ForAll @IntRange(min = 1, max = 3) int copies) {
    RebalancePlan<String> plan = RebalancePlan.between(before, after, copies);
    Map<String, Integer> increases = new HashMap<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      before.holders(slot, copies).forEach(id -> increases.merge(id, -1, Integer::sum));
      after.holders(slot, copies).forEach(id -> increases.merge(id, 1, Integer::sum));
    }
    assertEquals(
        increases.values().stream().mapToInt(increase -> Math.max(0, increase)).sum(),
        plan.minimum());
    assertTrue(plan.minimum() <= plan.movedCopies());
    assertEquals(plan.minimum() == plan.movedCopies(), plan.isMinimal());
    increases.forEach((id, increase) -> assertEquals(
        increase, plan.gains().getOrDefault(id, 0) - plan.losses().getOrDefault(id, 0)));
  }

  @Property
  void everyChangeOfATableIsMinimal(
      @ForAll("tables") SlotTable<String> table, @ForAll @IntRange(min = 1, max = 9) int weight) {
    for (SlotTable<String> after : List.of(
        table.with(Node.of("new", weight)),
        table.without("a"),
        table.replace(Node.of("b", weight)),
        table.rebalanced())) {
      assertTrue(RebalancePlan.between(table, after).isMinimal());
    }
  }
}
