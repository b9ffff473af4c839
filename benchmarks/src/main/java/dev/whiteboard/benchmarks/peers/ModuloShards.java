package dev.whiteboard.benchmarks.peers;

import com.google.common.primitives.Longs;
import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.partitioning.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A shard manager that numbers its shards from 1 and sends a key, which is a number, to shard {@code key % n}, or shard n if
 * the rest is 0. The rest of a negative key is negative.
 */
final class ModuloShards implements Owners {
  private final Map<Long, String> shards = new HashMap<>();
  private long numbered;

  private ModuloShards() {}

  static Factory factory() {
    Factory factory = nodes -> {
      ModuloShards shards = new ModuloShards();
      nodes.stream().map(Node::id).forEach(shards::add);
      return shards;
    };
    return factory.plain();
  }

  @Override
  public Optional<String> locate(String key) {
    long rest = number(key) % shards.size();
    return Optional.ofNullable(shards.get(rest == 0 ? shards.size() : rest));
  }

  @Override
  public void add(String name) {
    if (!shards.containsValue(name)) {
      numbered++;
      shards.put(numbered, name);
    }
  }

  @Override
  public void remove(String name) {
    shards.values().remove(name);
  }

  /** Text that is no number is given one that the manager can handle: zero or more. */
  private static long number(String key) {
    Long number = Longs.tryParse(key);
    return number == null ? Xxh3.hash(key) >>> 1 : number;
  }
}
