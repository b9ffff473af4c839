package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.math.LongMath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a ring, and how many points each has; immutable.
 *
 * <p>They are in the order of their labels, so that nothing depends on the order in which they joined.
 */
final class Members<N> {
  private final Placement placement;
  private final Function<? super N, String> labeller;
  private final ImmutableList<String> labels;
  private final ImmutableMap<N, Node<N>> nodes;
  private final int[] points;
  private final int zoneCount;

  private Members(
      Placement placement,
      Function<? super N, String> labeller,
      ImmutableList<String> labels,
      Collection<Node<N>> nodes) {
    this.placement = placement;
    this.labeller = labeller;
    this.labels = labels;
    points = points(nodes, placement);
    ImmutableMap.Builder<N, Node<N>> byId = ImmutableMap.builderWithExpectedSize(points.length);
    Set<String> zones = new HashSet<>();
    int withoutZone = 0;
    for (Node<N> node : nodes) {
      byId.put(node.id(), node);
      if (node.zone().isEmpty()) {
        withoutZone++;
      } else {
        zones.add(node.zone());
      }
    }
    this.nodes = byId.buildOrThrow();
    zoneCount = zones.size() + withoutZone;
  }

  static <N> Members<N> of(
      Iterable<Node<N>> nodes, Placement placement, Function<? super N, String> labeller) {
    TreeMap<String, Node<N>> byLabel = new TreeMap<>();
    for (Node<N> node : nodes) {
      String label = label(node, labeller);
      checkLabel(byLabel.putIfAbsent(label, node), node, label);
    }
    return new Members<>(
        placement, labeller, ImmutableList.copyOf(byLabel.keySet()), byLabel.values());
  }

  Members<N> with(Node<N> node) {
    checkArgument(!nodes.containsKey(node.id()), "node %s is on the ring already", node.id());
    String label = label(node, labeller);
    int at = Collections.binarySearch(labels, label);
    checkLabel(at < 0 ? null : node(at), node, label);
    List<String> moreLabels = new ArrayList<>(labels);
    List<Node<N>> moreNodes = new ArrayList<>(nodes.values());
    moreLabels.add(~at, label);
    moreNodes.add(~at, node);
    return new Members<>(placement, labeller, ImmutableList.copyOf(moreLabels), moreNodes);
  }

  Members<N> without(N id) {
    checkArgument(nodes.containsKey(id), "node %s is not on the ring", id);
    int at = indexOf(id);
    List<String> fewerLabels = new ArrayList<>(labels);
    List<Node<N>> fewerNodes = new ArrayList<>(nodes.values());
    fewerLabels.remove(at);
    fewerNodes.remove(at);
    return new Members<>(placement, labeller, ImmutableList.copyOf(fewerLabels), fewerNodes);
  }

  int size() {
    return points.length;
  }

  ImmutableSet<N> ids() {
    return nodes.keySet();
  }

  int indexOf(N id) {
    return ids().asList().indexOf(id);
  }

  String zoneOf(N id) {
    return requireNonNull(nodes.get(id)).zone();
  }

  /** How many zones there are; a node without a zone has one of its own. */
  int zoneCount() {
    return zoneCount;
  }

  /** Whether all nodes but that with this index have as many points in {@code fewer}, and so the same points. */
  boolean othersKeepTheirPoints(int index, Members<N> fewer) {
    for (int i = 0; i < fewer.size(); i++) {
      if (fewer.points[i] != points[i < index ? i : i + 1]) {
        return false;
      }
    }
    return true;
  }

  long[] positions(int index) {
    long[] positions = placement.positions(labels.get(index), points[index]);
    checkArgument(
        positions.length == points[index],
        "placement must give node %s %s positions, gave %s",
        node(index).id(),
        points[index],
        positions.length);
    return positions;
  }

  Points<N> place() {
    List<long[]> positions = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      positions.add(positions(i));
    }
    return Points.of(ids().asList(), positions);
  }

  long hash(String key) {
    return placement.hash(key);
  }

  private Node<N> node(int index) {
    return nodes.values().asList().get(index);
  }

  private static <N> String label(Node<N> node, Function<? super N, String> labeller) {
    return requireNonNull(labeller.apply(node.id()), () -> "label of node " + node.id());
  }

  private static <N> void checkLabel(@Nullable Node<N> present, Node<N> node, String label) {
    if (present != null) {
      throw new IllegalArgumentException(
          "nodes must have different labels, %s and %s have \"%s\": set a labeller"
              .formatted(present.id(), node.id(), label));
    }
  }

  private static <N> int[] points(Collection<Node<N>> nodes, Placement placement) {
    long totalWeight = nodes.stream().mapToLong(Node::weight).sum();
    int[] points = new int[nodes.size()];
    long total = 0;
    int i = 0;
    for (Node<N> node : nodes) {
      long count = placement.points(node.weight(), points.length, totalWeight);
      checkArgument(
          count >= 1, "every node must have a point, %s has none: raise its weight", node.id());
      total = LongMath.saturatedAdd(total, count);
      checkArgument(
          total <= HashRing.MAX_POINTS,
          "points must be <= %s in all, were %s",
          HashRing.MAX_POINTS,
          total);
      points[i++] = (int) count;
    }
    return points;
  }
}
