package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.Iterables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Spreads keys evenly over a numbered list of nodes, without a table, so that the list can grow and shrink at its end.
 *
 * <p><b>Idea.</b> As buckets are added one by one, a key jumps to the new one, number n, with probability 1 / n. Walk only
 * the counts at which this key jumps: each jump's length is drawn from a generator seeded with the key. Growing from n
 * to n + 1 buckets moves one key in n + 1, all of them to the new bucket. Lamping and Veach, <i>A Fast, Minimal Memory,
 * Consistent Hash Algorithm</i>, 2014, arXiv:1406.2294; {@link #bucket} is its listing, bit for bit.
 *
 * <p><b>Cost.</b> {@code locate} takes O(ln n) expected steps with a division each, and allocates nothing. There is no
 * memory beyond the list of nodes. {@code with} and {@code withoutLast} copy the list.
 * <b>Thread safety.</b> Immutable; hand a changed one to its readers through a {@code volatile} field.
 *
 * <p><b>Instead.</b> Only the node that came last can leave, all have the same weight, and every reader must have the
 * nodes in the same order. If any node may fail, use {@link AnchorHash}, {@link RendezvousHash} for few nodes, or
 * {@link HashRing}. It suits shards that are numbered and outlive the machines that serve them.
 *
 * @param <N> what identifies a node, with {@code equals} and {@code hashCode}
 */
public final class JumpHash<N> implements Partitioner<N> {
  /** The multiplier of the paper's generator, a 64-bit linear congruential one. */
  private static final long MULTIPLIER = 2862933555777941757L;

  private final Roster<N> roster;

  private JumpHash(Roster<N> roster) {
    this.roster = roster;
  }

  /**
   * Numbers equal nodes.
   *
   * @param <N> what identifies a node
   * @param ids the nodes' identities; their order matters
   * @return the partitioner
   * @throws NullPointerException if {@code ids} or an identity is null
   * @throws IllegalArgumentException if two identities are equal
   */
  @SafeVarargs
  public static <N> JumpHash<N> of(N... ids) {
    List<Node<N>> nodes = new ArrayList<>();
    for (N id : requireNonNull(ids, "ids")) {
      nodes.add(Node.of(id));
    }
    return create(nodes);
  }

  /**
   * Numbers nodes that may have zones.
   *
   * @param <N> what identifies a node
   * @param nodes the nodes, each of weight 1; their order matters
   * @return the partitioner
   * @throws NullPointerException if {@code nodes} or one of the nodes is null
   * @throws IllegalArgumentException if two nodes have the same identity, or a weight is not 1
   */
  public static <N> JumpHash<N> create(Iterable<Node<N>> nodes) {
    return new JumpHash<>(NumberedNodes.roster(nodes));
  }

  /**
   * Finds the bucket of a key. Guava's {@code Hashing.consistentHash} rounds in another order: of 2<sup>31</sup> keys
   * about ln {@code buckets} have another bucket there.
   *
   * @param key the key or its hash; every value is valid
   * @param buckets how many buckets there are, at least 1
   * @return the key's bucket, in [0, {@code buckets})
   * @throws IllegalArgumentException if {@code buckets} is less than 1
   */
  public static int bucket(long key, int buckets) {
    checkArgument(buckets >= 1, "buckets must be >= 1, was %s", buckets);
    long state = key;
    long bucket = 0;
    long next = 0;
    while (next < buckets) {
      bucket = next;
      state = MULTIPLIER * state + 1;
      // Two roundings, in the paper's order, each exact to the last bit on every machine. At most
      // 2^31 * 2^31.
      next = (long) ((bucket + 1) * (0x1p31 / ((state >>> 33) + 1)));
    }
    return (int) bucket;
  }

  @Override
  public N locate(long hash) {
    roster.checkNotEmpty();
    return roster.id(bucket(hash, roster.size()));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The nodes that follow are the owners of further hashes of the key, so that a node that joins last takes an even
   * share of the copies and few copies move between others.
   */
  @Override
  public List<N> replicas(long hash, int count) {
    return roster.spread(NumberedNodes.order(roster, hash, this::locate), count);
  }

  /**
   * Lists the nodes.
   *
   * @return their identities in the order of their numbers, unmodifiable
   */
  @Override
  public Set<N> nodes() {
    return roster.ids();
  }

  @Override
  public List<Node<N>> members() {
    return roster.members();
  }

  /**
   * Adds a node at the end.
   *
   * @param node the node that joins, of weight 1
   * @return a partitioner with one node more
   * @throws NullPointerException if {@code node} is null
   * @throws IllegalArgumentException if its identity is there already, or its weight is not 1
   */
  public JumpHash<N> with(Node<N> node) {
    return create(Iterables.concat(members(), List.of(requireNonNull(node, "node"))));
  }

  /**
   * Removes the node at the end, the only one that can leave.
   *
   * @return a partitioner with one node less, perhaps empty
   * @throws IllegalStateException if there is no node
   */
  public JumpHash<N> withoutLast() {
    roster.checkNotEmpty();
    return create(members().subList(0, roster.size() - 1));
  }
}
