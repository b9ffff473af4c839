package dev.whiteboard.partitioning;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Iterables;
import com.google.common.collect.Iterators;
import dev.whiteboard.core.hash.Xxh3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;

/**
 * Spreads keys over a few nodes of any weight, in exact proportion, so that a change moves only the keys that it must.
 *
 * <p><b>Idea.</b> Every node draws a score for the key, a hash of both, and the highest score owns it: highest random
 * weight. Who leaves gives up only its keys, each to the runner-up, and who joins takes only what it wins. Thaler and
 * Ravishankar, <i>Using Name-Based Mappings to Increase Hit Rates</i>, IEEE/ACM ToN 1998. With weights, the hash as a
 * fraction u of 2<sup>64</sup> scores −w / ln u, which wins with probability w / Σw: Schindelhauer and Schomaker,
 * <i>Weighted Distributed Hash Tables</i>, SPAA 2005. Raising a node's weight moves keys only to it.
 *
 * <p><b>Cost.</b> {@code locate} takes O(n): a hash for each node, with unequal weights a multiplication and about ln n
 * logarithms more; it allocates nothing. {@code replicas} takes O(n + k log n) for k nodes. Memory is some 50 bytes for a
 * node. <b>Thread safety.</b> Immutable; hand a changed one to its readers through a {@code volatile} field.
 *
 * <p><b>Instead.</b> For many nodes {@link HashRing} or {@link MaglevTable} is faster. For equal nodes,
 * {@link AnchorHash} balances as well and takes time that hardly grows with n.
 *
 * @param <N> what identifies a node, with {@code equals}, {@code hashCode} and a {@code toString} that is the same on
 *     every machine (if it is not, see {@link #create(Iterable, Function)})
 */
public final class RendezvousHash<N> implements Partitioner<N> {
  /** Covers the rounding errors, a few times 2<sup>-53</sup>, between a score and its bound. */
  private static final double MARGIN = 1 - 0x1p-40;

  private final Roster<N> roster;
  private final long[] nodeHashes;
  private final int[] weights;
  private final boolean equalWeights;

  private RendezvousHash(Roster<N> roster) {
    this.roster = roster;
    nodeHashes = new long[roster.size()];
    Arrays.setAll(nodeHashes, i -> Xxh3.hash(roster.label(i)));
    weights = roster.members().stream().mapToInt(Node::weight).toArray();
    equalWeights = Arrays.stream(weights).distinct().count() <= 1;
  }

  /**
   * Creates a partitioner of equal nodes.
   *
   * @param <N> what identifies a node
   * @param ids the nodes' identities; their order makes no difference
   * @return the partitioner
   * @throws NullPointerException if {@code ids} or an identity is null
   * @throws IllegalArgumentException if two identities are equal, or have equal labels
   */
  @SafeVarargs
  public static <N> RendezvousHash<N> of(N... ids) {
    List<Node<N>> nodes = new ArrayList<>();
    for (N id : requireNonNull(ids, "ids")) {
      nodes.add(Node.of(id));
    }
    return create(nodes);
  }

  /**
   * Creates a partitioner of nodes that may have weights and zones, labelled with their {@code toString}.
   *
   * @param <N> what identifies a node
   * @param nodes the nodes; their order makes no difference
   * @return the partitioner
   * @throws NullPointerException if {@code nodes} or one of the nodes is null
   * @throws IllegalArgumentException if two nodes have the same identity or label
   */
  public static <N> RendezvousHash<N> create(Iterable<Node<N>> nodes) {
    return create(nodes, Object::toString);
  }

  /**
   * Creates a partitioner of nodes with labels.
   *
   * @param <N> what identifies a node
   * @param nodes the nodes; their order makes no difference
   * @param labeller gives an identity the text that is hashed. It must be the same on every machine, and no two nodes may
   *     share it
   * @return the partitioner
   * @throws NullPointerException if an argument, one of the nodes or a label is null
   * @throws IllegalArgumentException if two nodes have the same identity or label
   */
  public static <N> RendezvousHash<N> create(
      Iterable<Node<N>> nodes, Function<? super N, String> labeller) {
    return new RendezvousHash<>(Roster.of(nodes, requireNonNull(labeller, "labeller")));
  }

  @Override
  public N locate(long hash) {
    roster.checkNotEmpty();
    return roster.id(equalWeights ? highestDraw(hash) : highestScore(hash));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The nodes follow in the order of their scores: while an owner is away, the next node owns its keys.
   */
  @Override
  public List<N> replicas(long hash, int count) {
    return roster.spread(byScore(hash), count);
  }

  /**
   * Lists the nodes.
   *
   * @return their identities in the order of their labels, unmodifiable
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
   * Adds a node.
   *
   * @param node the node that joins
   * @return a partitioner with one node more
   * @throws NullPointerException if {@code node} is null
   * @throws IllegalArgumentException if its identity or label is there already
   */
  public RendezvousHash<N> with(Node<N> node) {
    return new RendezvousHash<>(roster.with(node));
  }

  /**
   * Removes a node.
   *
   * @param id the identity of the node that leaves
   * @return a partitioner with one node less, perhaps empty
   * @throws NullPointerException if {@code id} is null
   * @throws IllegalArgumentException if the node is not there
   */
  public RendezvousHash<N> without(N id) {
    return new RendezvousHash<>(roster.without(id));
  }

  /** The owner if weights are equal: a score rises with the draw, so that the draws alone decide. */
  private int highestDraw(long hash) {
    int owner = 0;
    long highest = draw(0, hash);
    for (int i = 1; i < nodeHashes.length; i++) {
      long draw = draw(i, hash);
      if (Long.compareUnsigned(draw, highest) > 0) {
        owner = i;
        highest = draw;
      }
    }
    return owner;
  }

  /** The owner if weights differ. Since −ln u > 1 − u, no score exceeds w / (1 − u): few nodes need a logarithm. */
  private int highestScore(long hash) {
    int owner = 0;
    long ownersDraw = 0;
    double highest = 0;
    for (int i = 0; i < nodeHashes.length; i++) {
      long draw = draw(i, hash);
      if (weights[i] > highest * (1 - Bid.fraction(draw)) * MARGIN) {
        double score = Bid.score(weights[i], draw);
        if (score > highest || (score == highest && Long.compareUnsigned(draw, ownersDraw) > 0)) {
          owner = i;
          ownersDraw = draw;
          highest = score;
        }
      }
    }
    return owner;
  }

  private Iterator<N> byScore(long hash) {
    List<Bid> bids = new ArrayList<>(nodeHashes.length);
    for (int i = 0; i < nodeHashes.length; i++) {
      bids.add(Bid.of(i, weights[i], draw(i, hash)));
    }
    Iterator<Bid> order = Iterables.consumingIterable(new PriorityQueue<>(bids)).iterator();
    return Iterators.transform(order, bid -> roster.id(bid.node()));
  }

  /** Well mixed even if the key's hash is not; a bijection of the node's hash, so that different ones never tie. */
  private long draw(int index, long hash) {
    return Xxh3.hash(nodeHashes[index] ^ hash);
  }
}
