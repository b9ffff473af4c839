package dev.whiteboard.partitioning;

import com.google.common.collect.Iterables;
import dev.whiteboard.core.hash.Xxh3;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The order in which nodes want a slot: rendezvous hashing with the slot for a key; immutable.
 *
 * <p>The order of two nodes depends on their labels and weights and on the slot alone, so other nodes may come and go.
 * A node of weight w is first with probability w / total weight. Schindelhauer and Schomaker, <i>Weighted Distributed
 * Hash Tables</i>, SPAA 2005.
 */
final class SlotOrder<N> {
  /** Nodes expected above the bar for each holder: so many that they hardly ever are too few. */
  private static final int NEAR = 8;

  /** Lowers the bar for hashes by more than exp and log can be off, so that the score has the last word. */
  private static final double SLACK = 1 - 0x1p-30;

  private final Roster<N> roster;
  private final long[] hashes;

  /** Scores to sort first. Who is below it is not even scored, as a rule. */
  private final double bar;

  /** For each node the least hash that can reach the bar. */
  private final long[] reach;

  /** The order, made quick for lists of {@code count} holders. */
  SlotOrder(Roster<N> roster, int count) {
    this.roster = roster;
    hashes = new long[roster.size()];
    reach = new long[roster.size()];
    bar = (double) roster.totalWeight() / NEAR / count;
    for (int node = 0; node < hashes.length; node++) {
      hashes[node] = Xxh3.hash(roster.label(node));
      double uniform = StrictMath.exp(-roster.member(node).weight() / bar);
      reach[node] = (long) (uniform * SLACK * 0x1p52) << 12;
    }
  }

  int size() {
    return hashes.length;
  }

  boolean contains(N id) {
    return roster.contains(id);
  }

  /** What a node's label alone says, from which its bids are drawn. */
  long hash(int node) {
    return hashes[node];
  }

  /** The first of the nodes that are eligible, of which there is one. */
  int first(int slot, IntPredicate eligible) {
    return IntStream.range(0, hashes.length)
        .filter(eligible)
        .mapToObj(node -> bid(node, slot))
        .min(Bid::compareTo)
        .orElseThrow()
        .node();
  }

  /** The nodes that hold a slot, in zones as {@link Roster#spread} says: those that lead, then others in order. */
  List<N> holders(int slot, List<N> lead, int count) {
    return roster.spread(
        Iterables.concat(lead, () -> near(slot), () -> all(slot)).iterator(), count);
  }

  /**
   * The nodes that hold a slot after another has joined, while the owner stays. They are the first of those that hold it
   * and the one that joins, because nobody else is before those.
   */
  List<N> holders(int slot, List<N> before, N joining, int count) {
    List<Bid> bids = new ArrayList<>();
    before.forEach(id -> bids.add(bid(roster.indexOf(id), slot)));
    Bid bid = bid(roster.indexOf(joining), slot);
    boolean last = bids.stream().skip(1).allMatch(other -> other.compareTo(bid) < 0);
    if (last && before.size() == count && apart(before)) {
      return before;
    }
    bids.add(bid);
    List<N> after = roster.spread(
        Iterables.concat(before.subList(0, 1), () -> sorted(bids), () -> all(slot))
            .iterator(),
        count);
    return after.contains(joining) ? after : before;
  }

  /** Whether no zone holds two copies, so that the next holder would be the next node of another zone. */
  private boolean apart(List<N> holders) {
    Set<String> zones = new HashSet<>();
    return holders.stream()
        .map(id -> roster.member(roster.indexOf(id)).zone())
        .allMatch(zone -> zone.isEmpty() || zones.add(zone));
  }

  /** The nodes above the bar, which are before all others. */
  private Iterator<N> near(int slot) {
    List<Bid> bids = new ArrayList<>();
    for (int node = 0; node < hashes.length; node++) {
      if (Long.compareUnsigned(Xxh3.hash(hashes[node], slot), reach[node]) >= 0) {
        Bid bid = bid(node, slot);
        if (bid.score() >= bar) {
          bids.add(bid);
        }
      }
    }
    return sorted(bids);
  }

  private Iterator<N> all(int slot) {
    return sorted(IntStream.range(0, hashes.length)
        .mapToObj(node -> bid(node, slot))
        .collect(Collectors.toList()));
  }

  /** Sorts as far as it is read. */
  private Iterator<N> sorted(List<Bid> bids) {
    Iterable<Bid> first = Iterables.consumingIterable(new PriorityQueue<>(bids));
    return Iterables.transform(first, bid -> roster.id(bid.node())).iterator();
  }

  private Bid bid(int node, int slot) {
    return Bid.of(node, roster.member(node).weight(), Xxh3.hash(hashes[node], slot));
  }
}
