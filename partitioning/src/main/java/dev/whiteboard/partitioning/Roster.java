package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterators;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a partitioner, each with a label of its own; immutable.
 *
 * <p>They are in the order of their labels, so that nothing depends on the order in which they joined.
 */
final class Roster<N> {
  private final Function<? super N, String> labeller;
  private final ImmutableList<String> labels;
  private final ImmutableList<Node<N>> members;
  private final ImmutableMap<N, Integer> indexes;
  private final int zoneCount;

  private Roster(
      Function<? super N, String> labeller,
      ImmutableList<String> labels,
      ImmutableList<Node<N>> members) {
    this.labeller = labeller;
    this.labels = labels;
    this.members = members;
    ImmutableMap.Builder<N, Integer> byId = ImmutableMap.builderWithExpectedSize(members.size());
    Set<String> zones = new HashSet<>();
    int withoutZone = 0;
    for (int i = 0; i < members.size(); i++) {
      byId.put(members.get(i).id(), i);
      String zone = members.get(i).zone();
      if (zone.isEmpty()) {
        withoutZone++;
      } else {
        zones.add(zone);
      }
    }
    indexes = byId.buildOrThrow();
    zoneCount = zones.size() + withoutZone;
  }

  /** Orders nodes; two with one identity or one label are refused. */
  static <N> Roster<N> of(Iterable<Node<N>> nodes, Function<? super N, String> labeller) {
    TreeMap<String, Node<N>> byLabel = new TreeMap<>();
    Set<N> ids = new HashSet<>();
    for (Node<N> node : requireNonNull(nodes, "nodes")) {
      checkArgument(
          ids.add(requireNonNull(node, "node").id()), "node %s is there already", node.id());
      String label = label(node, labeller);
      checkLabel(byLabel.putIfAbsent(label, node), node, label);
    }
    return new Roster<>(
        labeller, ImmutableList.copyOf(byLabel.keySet()), ImmutableList.copyOf(byLabel.values()));
  }

  Roster<N> with(Node<N> node) {
    requireNonNull(node, "node");
    checkArgument(!indexes.containsKey(node.id()), "node %s is there already", node.id());
    String label = label(node, labeller);
    int at = Collections.binarySearch(labels, label);
    checkLabel(at < 0 ? null : members.get(at), node, label);
    return new Roster<>(labeller, inserted(labels, ~at, label), inserted(members, ~at, node));
  }

  Roster<N> without(N id) {
    int at = indexOf(id);
    return new Roster<>(labeller, removed(labels, at), removed(members, at));
  }

  int size() {
    return members.size();
  }

  ImmutableSet<N> ids() {
    return indexes.keySet();
  }

  ImmutableList<Node<N>> members() {
    return members;
  }

  Node<N> member(int index) {
    return members.get(index);
  }

  N id(int index) {
    return members.get(index).id();
  }

  String label(int index) {
    return labels.get(index);
  }

  boolean contains(N id) {
    return indexes.containsKey(id);
  }

  /** The place of a node in the order of labels; a node that is not there is refused. */
  int indexOf(N id) {
    Integer index = indexes.get(requireNonNull(id, "id"));
    checkArgument(index != null, "node %s is not there", id);
    return index;
  }

  long totalWeight() {
    return members.stream().mapToLong(Node::weight).sum();
  }

  void checkNotEmpty() {
    checkState(!members.isEmpty(), "there is no node");
  }

  /**
   * Picks the nodes that hold copies, as {@link Partitioner#replicas} says: while there are zones that hold none yet,
   * nodes of other zones wait.
   *
   * @param order the key's order of nodes, which may repeat them and goes on until it has named all
   */
  List<N> spread(Iterator<N> order, int count) {
    checkCount(count);
    Set<N> replicas = new LinkedHashSet<>();
    Set<N> waiting = new LinkedHashSet<>();
    Set<String> zones = new HashSet<>();
    int apart = Math.min(count, zoneCount);
    while (replicas.size() < apart) {
      N id = order.next();
      String zone = members.get(indexOf(id)).zone();
      if (zone.isEmpty() || zones.add(zone)) {
        replicas.add(id);
      } else {
        waiting.add(id);
      }
    }
    Iterator<N> rest = Iterators.concat(waiting.iterator(), order);
    while (replicas.size() < count) {
      replicas.add(rest.next());
    }
    return List.copyOf(replicas);
  }

  /** Refuses a number of copies that the nodes cannot hold. */
  void checkCount(int count) {
    checkNotEmpty();
    checkArgument(
        count >= 1 && count <= members.size(),
        "count must be in [1, %s], was %s",
        members.size(),
        count);
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

  private static <T> ImmutableList<T> inserted(Collection<T> list, int at, T element) {
    List<T> more = new ArrayList<>(list);
    more.add(at, element);
    return ImmutableList.copyOf(more);
  }

  private static <T> ImmutableList<T> removed(Collection<T> list, int at) {
    List<T> fewer = new ArrayList<>(list);
    fewer.remove(at);
    return ImmutableList.copyOf(fewer);
  }
}
