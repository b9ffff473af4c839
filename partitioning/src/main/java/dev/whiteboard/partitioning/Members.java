package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.math.LongMath;
import java.util.ArrayList;
import java.util.List;

/** The nodes of a ring, and how many points each has; immutable. */
final class Members<N> {
  private final Placement placement;
  private final Roster<N> roster;
  private final int[] points;

  Members(Placement placement, Roster<N> roster) {
    this.placement = placement;
    this.roster = roster;
    points = points(roster, placement);
  }

  Members<N> with(Node<N> node) {
    return new Members<>(placement, roster.with(node));
  }

  Members<N> without(N id) {
    return new Members<>(placement, roster.without(id));
  }

  Roster<N> roster() {
    return roster;
  }

  /** Whether all nodes but that with this index have as many points in {@code fewer}, and so the same points. */
  boolean othersKeepTheirPoints(int index, Members<N> fewer) {
    for (int i = 0; i < fewer.points.length; i++) {
      if (fewer.points[i] != points[i < index ? i : i + 1]) {
        return false;
      }
    }
    return true;
  }

  long[] positions(int index) {
    long[] positions = placement.positions(roster.label(index), points[index]);
    checkArgument(
        positions.length == points[index],
        "placement must give node %s %s positions, gave %s",
        roster.id(index),
        points[index],
        positions.length);
    return positions;
  }

  Points<N> place() {
    List<long[]> positions = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      positions.add(positions(i));
    }
    return Points.of(roster.ids().asList(), positions);
  }

  long hash(String key) {
    return placement.hash(key);
  }

  private static int[] points(Roster<?> roster, Placement placement) {
    int[] points = new int[roster.size()];
    long totalWeight = roster.totalWeight();
    long total = 0;
    for (int i = 0; i < points.length; i++) {
      long count = placement.points(roster.member(i).weight(), points.length, totalWeight);
      checkArgument(
          count >= 1, "every node must have a point, %s has none: raise its weight", roster.id(i));
      total = LongMath.saturatedAdd(total, count);
      checkArgument(
          total <= HashRing.MAX_POINTS,
          "points must be <= %s in all, were %s",
          HashRing.MAX_POINTS,
          total);
      points[i] = (int) count;
    }
    return points;
  }
}
