package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.partitioning.Node;
import java.util.List;
import java.util.Optional;

/** Who owns which key: a partitioner as the laws see it, with nodes that come and go. */
interface Owners {
  /** Creates one of the nodes given, in that order; {@link NotApplicable} if it knows no weights or no zones. */
  @FunctionalInterface
  interface Factory {
    Owners of(List<Node<String>> nodes);

    /** The same for blocks that know the names of nodes and nothing else. */
    default Factory plain() {
      return nodes -> {
        if (nodes.stream().anyMatch(node -> !node.zone().isEmpty())) {
          throw new NotApplicable("it knows no zones");
        }
        return unweighted().of(nodes);
      };
    }

    /** The same for blocks whose nodes are all equal. */
    default Factory unweighted() {
      return nodes -> {
        if (nodes.stream().anyMatch(node -> node.weight() != 1)) {
          throw new NotApplicable("it knows no weights");
        }
        return of(nodes);
      };
    }
  }

  /** Finds the owner of a key; nothing if there is none. */
  Optional<String> locate(String key);

  /** Adds a node of weight 1 without a zone. */
  void add(String name);

  /** Removes a node. */
  void remove(String name);

  /** Whether several threads may read at once; no if the documentation of the block says so. */
  default boolean isForManyReaders() {
    return true;
  }

  /** Finds the nodes that hold the copies of a key, if the block can. */
  default List<String> replicas(String key, int count) {
    throw new NotApplicable("it names one owner and no replicas");
  }
}
