package dev.whiteboard.partitioning;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.primitives.UnsignedLongs;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The points of a ring in clockwise order, each with its owner; immutable.
 *
 * <p>The circle is cut into equal cells, at least one for two points and at most one for each. A look-up takes the cell
 * from the top bits of the hash and counts the points before the hash from the cell's first point on, three at a time
 * and without branching on a comparison: whether a point lies before the hash is a coin toss that no processor
 * predicts. A point takes 8 bytes of position, one reference, and 2 to 4 bytes of cell.
 */
final class Points<N> {
  /** Points compared at once, and as many sentinels at the end so that a look-up never runs off it. */
  private static final int STEP = 3;

  /** Ascending, with the sign bit flipped so that signed comparison is unsigned; then the sentinels, the largest value. */
  private final long[] positions;

  /** The owner of each point; the first once more at the end, or null if there is none. */
  private final @Nullable Object[] owners;

  /** For each cell, how many points lie in the cells before it. */
  private final int[] cells;

  /** A hash shifted right by this is its cell. */
  private final int shift;

  private Points(long[] positions, @Nullable Object[] owners, int[] cells) {
    this.positions = positions;
    this.owners = owners;
    this.cells = cells;
    shift = shift(cells.length);
  }

  /**
   * Orders the points of many owners.
   *
   * @param positions for each of {@code owners} its positions; of two points at the same position, the one whose owner
   *     comes first in the list comes first
   */
  static <N> Points<N> of(List<N> owners, List<long[]> positions) {
    int size = positions.stream().mapToInt(some -> some.length).sum();
    long[] ordered = emptyPositions(size);
    int filled = 0;
    for (long[] some : positions) {
      for (long position : some) {
        ordered[filled++] = flip(position);
      }
    }
    Arrays.sort(ordered, 0, size);
    @Nullable Object[] orderedOwners = new @Nullable Object[size + 1];
    for (int i = 0; i < owners.size(); i++) {
      for (long position : positions.get(i)) {
        int at = firstAt(ordered, size, flip(position));
        while (orderedOwners[at] != null) {
          at++;
        }
        orderedOwners[at] = owners.get(i);
      }
    }
    orderedOwners[size] = orderedOwners[0];
    return new Points<>(ordered, orderedOwners, index(ordered, size));
  }

  static <N> Points<N> none() {
    return of(List.of(), List.of());
  }

  /** Adds the points of one more owner, ordered among points at the same position by the owners' {@code order}. */
  Points<N> plus(N owner, long[] added, Comparator<N> order) {
    long[] sorted = sortedFlipped(added);
    int size = size() + sorted.length;
    long[] nextPositions = emptyPositions(size);
    @Nullable Object[] nextOwners = new @Nullable Object[size + 1];
    int from = 0;
    for (int i = 0; i < sorted.length; i++) {
      int to = indexOf(flip(sorted[i]));
      while (to < size() && positions[to] == sorted[i] && order.compare(ownerAt(to), owner) < 0) {
        to++;
      }
      System.arraycopy(positions, from, nextPositions, from + i, to - from);
      System.arraycopy(owners, from, nextOwners, from + i, to - from);
      nextPositions[to + i] = sorted[i];
      nextOwners[to + i] = owner;
      from = to;
    }
    System.arraycopy(positions, from, nextPositions, from + sorted.length, size() - from);
    System.arraycopy(owners, from, nextOwners, from + sorted.length, size() - from);
    nextOwners[size] = nextOwners[0];
    return new Points<>(nextPositions, nextOwners, reindex(nextPositions, size, sorted, 1));
  }

  /** Drops all the points of one owner, which are at the given positions. */
  Points<N> minus(N owner, long[] dropped) {
    long[] sorted = sortedFlipped(dropped);
    int size = size() - sorted.length;
    long[] nextPositions = emptyPositions(size);
    @Nullable Object[] nextOwners = new @Nullable Object[size + 1];
    int from = 0;
    for (int i = 0; i < sorted.length; i++) {
      int to = Math.max(from, indexOf(flip(sorted[i])));
      while (!ownerAt(to).equals(owner)) {
        to++;
      }
      System.arraycopy(positions, from, nextPositions, from - i, to - from);
      System.arraycopy(owners, from, nextOwners, from - i, to - from);
      from = to + 1;
    }
    System.arraycopy(positions, from, nextPositions, from - sorted.length, size() - from);
    System.arraycopy(owners, from, nextOwners, from - sorted.length, size() - from);
    nextOwners[size] = size == 0 ? null : nextOwners[0];
    return new Points<>(nextPositions, nextOwners, reindex(nextPositions, size, sorted, -1));
  }

  int size() {
    return owners.length - 1;
  }

  /** The first point at or after the hash; {@code size()}, which has the first point's owner, if there is none. */
  int indexOf(long hash) {
    int i = cells[(int) (hash >>> shift)];
    long flipped = flip(hash);
    while (true) {
      int before = (positions[i] < flipped ? 1 : 0)
          + (positions[i + 1] < flipped ? 1 : 0)
          + (positions[i + 2] < flipped ? 1 : 0);
      i += before;
      if (before < STEP) {
        return i;
      }
    }
  }

  /** The owners from the first point at or after the hash on, round and round. */
  Iterator<N> clockwise(long hash) {
    return Stream.iterate(indexOf(hash), i -> i < size() ? i + 1 : 0)
        .map(this::ownerAt)
        .iterator();
  }

  /** The owner of a point of a ring that has one. */
  @SuppressWarnings({"unchecked", "NullAway"
  }) // only owners of type N are put in, and null only if there is no point
  N ownerAt(int index) {
    return (N) owners[index];
  }

  /** The unsigned position of a point; the largest hash for {@code size()}. */
  long positionAt(int index) {
    return flip(positions[index]);
  }

  /** The share of all hashes that each of {@code ids} owns in {@code after} and not here. */
  Map<N, Double> gains(Points<N> after, Iterable<N> ids) {
    Map<N, Arcs> gains = new LinkedHashMap<>();
    ids.forEach(id -> gains.put(id, new Arcs()));
    long first = 0;
    do {
      int here = indexOf(first);
      int there = after.indexOf(first);
      long last = UnsignedLongs.min(positionAt(here), after.positionAt(there));
      if (after.size() > 0 && (size() == 0 || !after.ownerAt(there).equals(ownerAt(here)))) {
        requireNonNull(gains.get(after.ownerAt(there))).add(first, last);
      }
      first = last + 1;
    } while (first != 0);
    return ImmutableMap.copyOf(Maps.transformValues(gains, Arcs::share));
  }

  private static long flip(long position) {
    return position ^ Long.MIN_VALUE;
  }

  private static long[] sortedFlipped(long[] positions) {
    long[] sorted = Arrays.stream(positions).map(Points::flip).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  /** Room for positions, then the sentinels. */
  private static long[] emptyPositions(int size) {
    long[] positions = new long[size + STEP];
    Arrays.fill(positions, size, size + STEP, Long.MAX_VALUE);
    return positions;
  }

  private static int firstAt(long[] positions, int size, long position) {
    int i = Arrays.binarySearch(positions, 0, size, position);
    while (i > 0 && positions[i - 1] == position) {
      i--;
    }
    return i;
  }

  private static int cellCount(int size) {
    return Math.max(2, Integer.highestOneBit(size));
  }

  private static int shift(int cellCount) {
    return Long.SIZE - Integer.numberOfTrailingZeros(cellCount);
  }

  private static int[] index(long[] positions, int size) {
    int[] cells = new int[cellCount(size)];
    int shift = shift(cells.length);
    int cell = 0;
    for (int i = 0; i < size; i++) {
      for (int last = (int) (flip(positions[i]) >>> shift); cell <= last; cell++) {
        cells[cell] = i;
      }
    }
    Arrays.fill(cells, cell, cells.length, size);
    return cells;
  }

  /** The index after {@code sorted} points came ({@code sign} 1) or went (-1): each counts in the cells after its own. */
  private int[] reindex(long[] positions, int size, long[] sorted, int sign) {
    if (cellCount(size) != cells.length) {
      return index(positions, size);
    }
    int[] next = cells.clone();
    for (int i = 0; i < sorted.length; i++) {
      int end = i + 1 < sorted.length ? (int) (flip(sorted[i + 1]) >>> shift) + 1 : next.length;
      for (int cell = (int) (flip(sorted[i]) >>> shift) + 1; cell < end; cell++) {
        next[cell] += sign * (i + 1);
      }
    }
    return next;
  }
}
