package dev.whiteboard.partitioning;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Set;

/** Holders written down for each slot, so that a test can show a table. */
record ListedPartitioner(List<Node<String>> members, List<List<String>> holders)
    implements Partitioner<String> {
  /** One letter for each holder, and one word for each slot: "ab ba" is two slots of two nodes. */
  static ListedPartitioner of(String words) {
    List<List<String>> holders =
        List.of(words.split(" ")).stream().map(word -> List.of(word.split(""))).toList();
    return new ListedPartitioner(
        holders.stream().flatMap(List::stream).distinct().sorted().map(Node::of).toList(), holders);
  }

  SlotTable<String> table() {
    return SlotTable.compile(this, holders.size(), holders.get(0).size());
  }

  @Override
  public String locate(long hash) {
    return replicas(hash, 1).get(0);
  }

  @Override
  public List<String> replicas(long hash, int count) {
    List<String> all = holders.get(NumberedNodes.scale(hash, holders.size()));
    return all.subList(0, Math.min(count, all.size()));
  }

  @Override
  public Set<String> nodes() {
    return members.stream().map(Node::id).collect(ImmutableSet.toImmutableSet());
  }
}
