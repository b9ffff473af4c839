package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.partitioning.Node;
import dev.whiteboard.partitioning.Partitioner;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One of our partitioners. They are immutable, so a change puts another in its place. */
final class OurOwners<P extends Partitioner<String>> implements Owners {
  private final BiFunction<P, Node<String>, P> with;
  private final BiFunction<P, String, P> without;
  private volatile P now;

  private OurOwners(P now, BiFunction<P, Node<String>, P> with, BiFunction<P, String, P> without) {
    this.now = now;
    this.with = with;
    this.without = without;
  }

  static <P extends Partitioner<String>> Factory factory(
      Function<List<Node<String>>, P> create,
      BiFunction<P, Node<String>, P> with,
      BiFunction<P, String, P> without) {
    return nodes -> new OurOwners<>(create.apply(nodes), with, without);
  }

  @Override
  public Optional<String> locate(String key) {
    return Optional.of(now.locate(Xxh3.hash(key)));
  }

  @Override
  public void add(String name) {
    now = with.apply(now, Node.of(name));
  }

  @Override
  public void remove(String name) {
    now = without.apply(now, name);
  }

  @Override
  public List<String> replicas(String key, int count) {
    return now.replicas(Xxh3.hash(key), count);
  }
}
