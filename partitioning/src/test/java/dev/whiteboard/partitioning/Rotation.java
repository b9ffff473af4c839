package dev.whiteboard.partitioning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Hash h is owned by node h, then come the nodes after it, so that a reader can check an order by hand. */
record Rotation<N>(List<Node<N>> members) implements Partitioner<N> {
  static Rotation<String> of(String... ids) {
    return new Rotation<>(Arrays.stream(ids).map(Node::of).toList());
  }

  @Override
  public N locate(long hash) {
    return members.get(Math.floorMod(hash, members.size())).id();
  }

  @Override
  public List<N> replicas(long hash, int count) {
    List<N> order = new ArrayList<>(nodes());
    Collections.rotate(order, -Math.floorMod(hash, members.size()));
    return List.copyOf(order.subList(0, count));
  }

  @Override
  public Set<N> nodes() {
    Set<N> ids = new LinkedHashSet<>();
    members.forEach(node -> ids.add(node.id()));
    return Collections.unmodifiableSet(ids);
  }
}
