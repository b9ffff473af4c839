package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Strings;
import dev.whiteboard.core.hash.Xxh3;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What the algorithms share that hash a key to a number and have a node at each number. */
final class NumberedNodes {
  /** Leaves a node unnamed with probability e<sup>-32</sup>, about 10<sup>-14</sup>. */
  private static final long PROBES_PER_NODE = 32;

  private NumberedNodes() {}

  /**
   * Cuts the 2^64 hashes into {@code size} runs of equal length, all but the lowest bit deciding: the upper half of a
   * product, so neither a division nor a bias. If {@code size} is a power of two, these are the top bits.
   */
  static int scale(long hash, int size) {
    return (int) Math.multiplyHigh(hash >>> 1, (long) size << 1);
  }

  /** Keeps the nodes in the order given, whatever their labels; a weight other than 1 is refused. */
  static <N> Roster<N> roster(Iterable<Node<N>> nodes) {
    List<Node<N>> ordered = new ArrayList<>();
    for (Node<N> node : requireNonNull(nodes, "nodes")) {
      checkArgument(
          requireNonNull(node, "node").weight() == 1,
          "weight of node %s must be 1, was %s",
          node.id(),
          node.weight());
      ordered.add(node);
    }
    Iterator<String> labels =
        Stream.iterate(0, i -> i + 1).map(NumberedNodes::label).iterator();
    return Roster.of(ordered, id -> labels.next());
  }

  /**
   * A key's order of nodes: its owner, the owners of further hashes of it, and to be sure that none is missing, all nodes
   * as they are listed.
   */
  static <N> Iterator<N> order(Roster<N> roster, long hash, LongFunction<N> owner) {
    Stream<N> probes = LongStream.range(0, PROBES_PER_NODE * roster.size())
        .mapToObj(i -> owner.apply(i == 0 ? hash : probe(hash, i)));
    return Stream.concat(probes, roster.ids().stream()).iterator();
  }

  /** The number is negative because {@link AnchorHash} hashes the key with the numbers of buckets. */
  private static long probe(long hash, long number) {
    return Xxh3.hash(hash, -number);
  }

  /** Text in the order of numbers: ten digits hold every int. */
  private static String label(int number) {
    return Strings.padStart(Integer.toString(number), 10, '0');
  }
}
