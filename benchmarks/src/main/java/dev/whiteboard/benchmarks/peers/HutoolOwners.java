package dev.whiteboard.benchmarks.peers;

import cn.hutool.core.lang.ConsistentHash;
import dev.whiteboard.partitioning.Node;
import java.util.List;
import java.util.Optional;

/** hutool's ConsistentHash with a hundred points for a node. */
final class HutoolOwners implements Owners {
  private static final int POINTS = 100;

  private final ConsistentHash<String> ring;

  private HutoolOwners(List<String> names) {
    ring = new ConsistentHash<>(POINTS, names);
  }

  static Factory factory() {
    Factory factory = nodes -> new HutoolOwners(nodes.stream().map(Node::id).toList());
    return factory.plain();
  }

  @Override
  public Optional<String> locate(String key) {
    return Optional.ofNullable(ring.get(key));
  }

  @Override
  public void add(String name) {
    ring.add(name);
  }

  @Override
  public void remove(String name) {
    ring.remove(name);
  }
}
