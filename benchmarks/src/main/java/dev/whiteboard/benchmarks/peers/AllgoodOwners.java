package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.partitioning.Node;
import java.util.List;
import java.util.Optional;
import org.ishugaliy.allgood.consistent.hash.HashRing;
import org.ishugaliy.allgood.consistent.hash.node.SimpleNode;

/** The ring of allgood-consistent-hash as it comes, with a thousand points for a node. */
final class AllgoodOwners implements Owners {
  private final HashRing<SimpleNode> ring = HashRing.<SimpleNode>newBuilder().build();

  private AllgoodOwners() {}

  static Factory factory() {
    Factory factory = nodes -> {
      AllgoodOwners owners = new AllgoodOwners();
      nodes.stream().map(Node::id).forEach(owners::add);
      return owners;
    };
    return factory.plain();
  }

  @Override
  public Optional<String> locate(String key) {
    return ring.locate(key).map(SimpleNode::getKey);
  }

  @Override
  public void add(String name) {
    ring.add(SimpleNode.of(name));
  }

  @Override
  public void remove(String name) {
    ring.remove(SimpleNode.of(name));
  }

  @Override
  public List<String> replicas(String key, int count) {
    return ring.locate(key, count).stream().map(SimpleNode::getKey).toList();
  }
}
