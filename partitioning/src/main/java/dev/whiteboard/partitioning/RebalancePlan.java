package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Says which nodes must get which slots, and from whom, when one table replaces another.
 *
 * <p><b>Idea.</b> Two tables of the same slots are compared slot by slot. A node that holds a slot after the change and not
 * before gets a copy, from a node that holds it before and after if there is one, else from one that held it, the owner
 * first.
 *
 * <p><b>Minimality.</b> A node gains what it receives less what it gives up. So a node that holds d slots more than before
 * receives at least d, and every plan that leads to the same loads moves at least the sum of all increases. That sum is
 * {@link #minimum}; no plan for these loads is better than one that reaches it.
 *
 * <p><b>Cost.</b> O(slots * copies). <b>Thread safety.</b> Immutable.
 *
 * <p><b>Instead.</b> To compare two rings or other partitioners, {@link Partitioner#compile(int) compile} both;
 * {@link HashRing#gains} measures two rings without slots.
 *
 * @param <N> what identifies a node
 */
public final class RebalancePlan<N> {
  /**
   * A run of neighbouring slots of which one node gets a copy from one other.
   *
   * @param <N> what identifies a node
   * @param firstSlot the first slot, at least 0
   * @param lastSlot the last slot, at least {@code firstSlot}
   * @param from a node that holds the slots before the change; empty if there is none
   * @param to the node that holds them after the change
   */
  public record Move<N>(int firstSlot, int lastSlot, Optional<N> from, N to) {
    /**
     * Creates a move.
     *
     * @param firstSlot the first slot, at least 0
     * @param lastSlot the last slot, at least {@code firstSlot}
     * @param from who gives the copies; empty if nobody does
     * @param to who gets them
     * @throws NullPointerException if {@code from} or {@code to} is null
     * @throws IllegalArgumentException if a slot is out of range
     */
    public Move {
      checkArgument(firstSlot >= 0, "firstSlot must be >= 0, was %s", firstSlot);
      checkArgument(
          lastSlot >= firstSlot, "lastSlot must be >= %s (firstSlot), was %s", firstSlot, lastSlot);
      requireNonNull(from, "from");
      requireNonNull(to, "to");
    }

    /**
     * Says how many slots move.
     *
     * @return the number of slots, at least 1
     */
    public int slots() {
      return lastSlot - firstSlot + 1;
    }
  }

  private final SlotTable<N> before;
  private final SlotTable<N> after;
  private final int copies;
  private final List<Move<N>> moves = new ArrayList<>();
  private final Map<N, Integer> gains = new LinkedHashMap<>();
  private final Map<N, Integer> losses = new LinkedHashMap<>();
  private final int movedSlots;

  private RebalancePlan(SlotTable<N> before, SlotTable<N> after, int copies) {
    this.before = before;
    this.after = after;
    this.copies = copies;
    before.nodes().forEach(id -> losses.put(id, 0));
    after.nodes().forEach(id -> gains.put(id, 0));
    Map<Route<N>, Integer> latest = new HashMap<>();
    movedSlots = (int)
        IntStream.range(0, before.slots()).filter(slot -> compare(slot, latest)).count();
  }

  /**
   * Compares the owners of two tables.
   *
   * @param <N> what identifies a node
   * @param before the table in use
   * @param after the table that replaces it
   * @return the plan
   * @throws NullPointerException if a table is null
   * @throws IllegalArgumentException if the tables do not have the same number of slots
   */
  public static <N> RebalancePlan<N> between(SlotTable<N> before, SlotTable<N> after) {
    return between(before, after, 1);
  }

  /**
   * Compares the replicas in two tables.
   *
   * @param <N> what identifies a node
   * @param before the table in use
   * @param after the table that replaces it
   * @param copies how many nodes hold a slot, the owner included, at least 1; there may be fewer nodes
   * @return the plan
   * @throws NullPointerException if a table is null
   * @throws IllegalArgumentException if the tables do not have the same number of slots, or {@code copies} is less than 1
   */
  public static <N> RebalancePlan<N> between(SlotTable<N> before, SlotTable<N> after, int copies) {
    requireNonNull(before, "before");
    requireNonNull(after, "after");
    checkArgument(
        before.slots() == after.slots(),
        "tables must have the same number of slots, had %s and %s",
        before.slots(),
        after.slots());
    checkArgument(copies >= 1, "copies must be >= 1, was %s", copies);
    return new RebalancePlan<>(before, after, copies);
  }

  /**
   * Lists what moves.
   *
   * @return the moves in the order of their first slots, each as long as it can be, unmodifiable
   */
  public List<Move<N>> moves() {
    return Collections.unmodifiableList(moves);
  }

  /**
   * Counts the slots of which a node gets a copy.
   *
   * @return the number of slots, at most that of the tables
   */
  public int movedSlots() {
    return movedSlots;
  }

  /**
   * Counts the copies of slots that nodes get.
   *
   * @return the number of copies; with one copy that of {@link #movedSlots}
   */
  public long movedCopies() {
    return sum(gains);
  }

  /**
   * Measures what moves.
   *
   * @return the copies that nodes get, divided by slots times copies, in [0, 1]
   */
  public double share() {
    return movedCopies() / ((double) before.slots() * copies);
  }

  /**
   * Counts what must move to reach the loads of the new table: the sum of all increases.
   *
   * @return the number of copies, at most {@link #movedCopies}
   */
  public long minimum() {
    return gains.entrySet().stream()
        .mapToLong(gain -> gain.getValue() - losses.getOrDefault(gain.getKey(), 0))
        .filter(increase -> increase > 0)
        .sum();
  }

  /**
   * Says whether no plan that reaches the same loads moves less.
   *
   * @return whether {@link #movedCopies} is {@link #minimum}
   */
  public boolean isMinimal() {
    return movedCopies() == minimum();
  }

  /**
   * Says how many slots each node gets.
   *
   * @return the number for every node of the new table, in its order, unmodifiable
   */
  public Map<N, Integer> gains() {
    return Collections.unmodifiableMap(gains);
  }

  /**
   * Says how many slots each node gives up.
   *
   * @return the number for every node of the old table, in its order, unmodifiable
   */
  public Map<N, Integer> losses() {
    return Collections.unmodifiableMap(losses);
  }

  /**
   * Writes the plan for people: a headline, who gives how much to whom, and the totals.
   *
   * @return Markdown with tables, a line break at the end
   */
  public String toMarkdown() {
    return new RebalanceReport<>(this).toMarkdown();
  }

  /**
   * Draws the plan: the slots before and after in the colours of their nodes, what moves in full colour and the rest
   * pale. If there are more than 800 slots, a column stands for several, and as much of its height is in full colour as
   * moves of them.
   *
   * @return an SVG document without references to others, 900 wide, legible on white and on black
   */
  public String toSvg() {
    return new RebalancePicture<>(this).toSvg();
  }

  SlotTable<N> before() {
    return before;
  }

  SlotTable<N> after() {
    return after;
  }

  int copies() {
    return copies;
  }

  /** Takes up a slot, and says whether a copy of it moves. */
  private boolean compare(int slot, Map<Route<N>, Integer> latest) {
    List<N> old = before.holders(slot, copies);
    List<N> now = after.holders(slot, copies);
    if (old.equals(now)) {
      return false;
    }
    old.stream().filter(id -> !now.contains(id)).forEach(id -> losses.merge(id, 1, Integer::sum));
    List<N> receivers = now.stream().filter(id -> !old.contains(id)).toList();
    Optional<N> staying = old.stream().filter(now::contains).findFirst();
    Optional<N> from = staying.or(() -> old.stream().findFirst());
    for (N to : receivers) {
      gains.merge(to, 1, Integer::sum);
      add(new Move<>(slot, slot, from, to), latest);
    }
    return !receivers.isEmpty();
  }

  /** Adds a slot to the move that ends just before it, or to the list. */
  private void add(Move<N> move, Map<Route<N>, Integer> latest) {
    Route<N> route = new Route<>(move.from(), move.to());
    Integer index = latest.get(route);
    if (index != null && moves.get(index).lastSlot() == move.firstSlot() - 1) {
      int first = moves.get(index).firstSlot();
      moves.set(index, new Move<>(first, move.lastSlot(), move.from(), move.to()));
    } else {
      latest.put(route, moves.size());
      moves.add(move);
    }
  }

  private static long sum(Map<?, Integer> counts) {
    return counts.values().stream().mapToLong(count -> count).sum();
  }

  /** Who gives to whom. */
  record Route<N>(Optional<N> from, N to) {}
}
