package dev.whiteboard.partitioning;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The circle of a {@link TokenRing} while a node joins or leaves: arcs in clockwise order, each with a holder; mutable.
 *
 * <p>Lengths are doubles that count hashes. They decide who gives to whom by sums, products and comparisons alone, and so
 * they decide alike on every machine. Two neighbours never have the same holder: one of their tokens would be redundant.
 */
final class TokenArcs {
  /** How far above its fair share a holder may be. */
  static final double BOUND = 1.03;

  /** The hashes of the whole circle. */
  private static final double CIRCLE = 0x1p64;

  /** A newcomer who lacks less than this part of a piece has enough: the rest is not worth a token. */
  private static final double CRUMB = 1.0 / 64;

  /** An excess of less than this part of a unit of weight is an error of doubles. */
  private static final double ROUNDING = 0x1p-40;

  private final int tokens;

  /** In the order in which they were added, which breaks ties. */
  private final List<Holder> holders = new ArrayList<>();

  private @Nullable Arc appended;
  private int arcs;

  /** A node, and the arcs that it holds. */
  static final class Holder {
    private final int weight;
    private final List<Arc> arcs = new ArrayList<>();
    private double load;

    private Holder(int weight) {
      this.weight = weight;
    }

    private void measure() {
      load = arcs.stream().mapToDouble(Arc::length).sum();
    }

    private double loadPerWeight() {
      return load / weight;
    }

    private double room(double fair) {
      return BOUND * fair * weight - load;
    }

    private double excess(double fair) {
      return Math.max(0, -room(fair));
    }

    private @Nullable Arc longestUpTo(double limit) {
      Arc longest = null;
      for (Arc arc : arcs) {
        if (arc.length() <= limit && (longest == null || arc.length() > longest.length())) {
          longest = arc;
        }
      }
      return longest;
    }

    /** The positions of its tokens, one at the end of each arc. */
    long[] tokens() {
      return arcs.stream().mapToLong(arc -> arc.end).toArray();
    }
  }

  /** The hashes after the previous arc's end, up to and including its own end, which is the token. */
  private static final class Arc {
    private long end;
    private Holder holder;
    private Arc previous = this;
    private Arc next = this;

    private Arc(long end, Holder holder) {
      this.end = end;
      this.holder = holder;
    }

    private double length() {
      long length = end - previous.end;
      return previous == this ? CIRCLE : (length >>> 1) * 2.0 + (length & 1);
    }
  }

  /**
   * Starts without holders.
   *
   * @param tokens in how many pieces a newcomer's share is taken, and how many arcs a holder should have on average
   */
  TokenArcs(int tokens) {
    this.tokens = tokens;
  }

  Holder addHolder(int weight) {
    Holder holder = new Holder(weight);
    holders.add(holder);
    return holder;
  }

  /** Adds an arc after the one that was added before it, clockwise. */
  void append(long end, Holder holder) {
    appended = insert(end, holder, appended);
  }

  /**
   * Gives a holder without arcs its fair share. Holders above the bound give their excess; the fullest give more, a piece
   * each, until the share is complete.
   */
  void join(Holder newcomer) {
    if (arcs == 0) {
      insert(-1, newcomer, null);
      return;
    }
    double fair = measure();
    double share = fair * newcomer.weight;
    double piece = share / tokens;
    List<Holder> donors = new ArrayList<>(holders);
    donors.remove(newcomer);
    while (true) {
      double missing = share - newcomer.load;
      Holder donor = most(donors, Holder::loadPerWeight);
      double excess = donor.excess(fair);
      if (missing <= CRUMB * piece && excess <= ROUNDING * fair) {
        return;
      }
      double owedByOthers =
          donors.stream().mapToDouble(other -> other.excess(fair)).sum() - excess;
      double more = Math.max(CRUMB * piece, Math.min(piece, missing - owedByOthers));
      take(Math.min(Math.max(excess, more), donor.load / 2), donor, newcomer);
    }
  }

  /**
   * Gives a holder's arcs to the others, within the bound. The neighbours of an arc take of it what they have room for,
   * which moves a token and makes none; the rest goes to whoever has the most room.
   */
  void leave(Holder leaver) {
    holders.remove(leaver);
    if (holders.isEmpty()) {
      return;
    }
    double fair = measure();
    leaver.measure();
    List<Arc> orphans = new ArrayList<>(leaver.arcs);
    orphans.sort(Comparator.comparingDouble(Arc::length).reversed());
    for (Arc orphan : orphans) {
      shareWithNeighbours(orphan, fair);
    }
    for (Arc orphan : List.copyOf(leaver.arcs)) {
      Holder heir = most(holders, holder -> holder.room(fair));
      while (heir.room(fair) >= 1 && heir.room(fair) < orphan.length()) {
        cut(orphan, heir.room(fair), heir);
        heir = most(holders, holder -> holder.room(fair));
      }
      give(orphan, heir);
    }
  }

  /** Sums up what everybody holds, and tells what is fair for each unit of weight. */
  private double measure() {
    holders.forEach(Holder::measure);
    return CIRCLE / holders.stream().mapToLong(holder -> holder.weight).sum();
  }

  /** Takes about an amount, at most half of what the donor has. While there are too many arcs, a whole one is taken. */
  private void take(double amount, Holder donor, Holder to) {
    boolean tooMany = arcs > (long) tokens * holders.size();
    Arc whole = tooMany ? donor.longestUpTo(amount) : null;
    Arc longest = requireNonNull(donor.longestUpTo(CIRCLE));
    if (whole != null) {
      give(whole, to);
    } else if (longest.length() <= amount) {
      give(longest, to);
    } else {
      cut(longest, amount, to);
    }
  }

  private void shareWithNeighbours(Arc orphan, double fair) {
    Arc before = orphan.previous;
    Arc after = orphan.next;
    boolean beforeHasMore = before.holder.room(fair) >= after.holder.room(fair);
    for (Arc neighbour : beforeHasMore ? List.of(before, after) : List.of(after, before)) {
      double room = neighbour.holder.room(fair);
      if (neighbour.holder == orphan.holder || room < 1) {
        continue;
      }
      if (room >= orphan.length()) {
        give(orphan, neighbour.holder);
        return;
      }
      if (neighbour == before) {
        cut(orphan, room, before.holder);
      } else {
        move(orphan.holder, after.holder, room);
        orphan.end -= (long) room;
      }
    }
  }

  /** Gives the first hashes of an arc, fewer than it has, to another holder. */
  private void cut(Arc arc, double amount, Holder to) {
    double before = arc.length();
    Arc first = insert(arc.previous.end + (long) amount, to, arc.previous);
    move(arc.holder, to, before - arc.length());
    merge(first);
  }

  private void give(Arc arc, Holder to) {
    move(arc.holder, to, arc.length());
    arc.holder.arcs.remove(arc);
    to.arcs.add(arc);
    arc.holder = to;
    merge(arc);
  }

  private static void move(Holder from, Holder to, double amount) {
    from.load -= amount;
    to.load += amount;
  }

  /** Makes one of an arc and the neighbours that have the same holder. */
  private void merge(Arc arc) {
    if (arc.previous != arc && arc.previous.holder == arc.holder) {
      unlink(arc.previous);
    }
    if (arc.next != arc && arc.next.holder == arc.holder) {
      unlink(arc);
    }
  }

  private Arc insert(long end, Holder holder, @Nullable Arc previous) {
    Arc arc = new Arc(end, holder);
    if (previous != null) {
      arc.previous = previous;
      arc.next = previous.next;
      arc.next.previous = arc;
      previous.next = arc;
    }
    holder.arcs.add(arc);
    arcs++;
    return arc;
  }

  /** Drops a token, so that its hashes belong to the next one. */
  private void unlink(Arc arc) {
    arc.previous.next = arc.next;
    arc.next.previous = arc.previous;
    arc.holder.arcs.remove(arc);
    arcs--;
  }

  private static Holder most(List<Holder> among, ToDoubleFunction<Holder> measure) {
    Holder most = among.get(0);
    for (Holder holder : among) {
      if (measure.applyAsDouble(holder) > measure.applyAsDouble(most)) {
        most = holder;
      }
    }
    return most;
  }
}
