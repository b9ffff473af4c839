package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Spreads keys over named nodes of any weight so that a node that joins or leaves moves only the keys that it gains or
 * gives up.
 *
 * <p><b>Idea.</b> Hash every node to many points of a circle (its <i>virtual nodes</i>) and every key to one; the first
 * point at or after the key, clockwise, names the owner. A node has points in proportion to its weight. Karger et al.,
 * <i>Consistent Hashing and Random Trees</i>, STOC 1997. With V points for each of n equal nodes, the standard deviation
 * of a node's share is the mean times √((n − 1) / (nV + 1)), about 1/√V.
 *
 * <p><b>Cost.</b> {@code locate} takes O(1) expected time, however many nodes there are, and allocates nothing. A virtual
 * node takes 14 to 16 bytes where a reference takes 4. {@code with} and {@code without} copy the ring.
 * <b>Thread safety.</b> Immutable; hand a changed ring to its readers through a {@code volatile} field.
 *
 * <p><b>Instead.</b> {@link TokenRing} balances better with fewer points, {@link SlotTable} exactly and with faster look-ups,
 * but both depend on the history of changes. If nodes leave only from the end, {@link JumpHash} needs no memory. For few
 * nodes, {@link RendezvousHash} balances better.
 *
 * @param <N> what identifies a node, with {@code equals}, {@code hashCode} and a {@code toString} that is the same on
 *     every machine (if it is not, see {@link Builder#labeller})
 */
public final class HashRing<N> implements Partitioner<N> {
  /** Points for each unit of weight, unless the builder is told otherwise. */
  public static final int DEFAULT_VIRTUAL_NODES = 160;

  /** The most points that a ring can have: about a GiB. */
  public static final int MAX_POINTS = 1 << 26;

  private final Members<N> members;
  private final Points<N> points;

  private HashRing(Members<N> members, Points<N> points) {
    this.members = members;
    this.points = points;
  }

  /**
   * Creates a ring of equal nodes with the default settings.
   *
   * @param <N> what identifies a node
   * @param ids the nodes' identities
   * @return the ring
   * @throws NullPointerException if {@code ids} or an identity is null
   * @throws IllegalArgumentException if two identities are equal, or have equal labels
   */
  @SafeVarargs
  public static <N> HashRing<N> of(N... ids) {
    Builder<N> builder = builder();
    for (N id : requireNonNull(ids, "ids")) {
      builder.node(Node.of(id));
    }
    return builder.build();
  }

  /**
   * Starts to describe a ring.
   *
   * @param <N> what identifies a node
   * @return a builder without nodes, with 160 virtual nodes for each unit of weight
   */
  public static <N> Builder<N> builder() {
    return new Builder<>();
  }

  @Override
  public N locate(long hash) {
    checkState(points.size() > 0, "there is no node");
    return points.ownerAt(points.indexOf(hash));
  }

  /**
   * Finds the owner of a text key, hashed as the placement says.
   *
   * @param key the key
   * @return the node that owns it
   * @throws NullPointerException if {@code key} is null
   * @throws IllegalStateException if there is no node
   */
  public N locate(String key) {
    return locate(members.hash(requireNonNull(key, "key")));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The nodes follow in the order in which their points do, clockwise.
   */
  @Override
  public List<N> replicas(long hash, int count) {
    return roster().spread(points.clockwise(hash), count);
  }

  /**
   * Lists the nodes.
   *
   * @return their identities in the order of their labels, unmodifiable
   */
  @Override
  public Set<N> nodes() {
    return roster().ids();
  }

  @Override
  public List<Node<N>> members() {
    return roster().members();
  }

  /**
   * Adds a node.
   *
   * @param node the node that joins
   * @return a ring with one node more
   * @throws NullPointerException if {@code node} is null
   * @throws IllegalArgumentException if its identity or label is on the ring already, or the ring would be too large
   */
  public HashRing<N> with(Node<N> node) {
    Members<N> more = members.with(node);
    int index = more.roster().indexOf(node.id());
    return new HashRing<>(
        more,
        more.othersKeepTheirPoints(index, members)
            ? points.plus(
                node.id(), more.positions(index), Comparator.comparingInt(more.roster()::indexOf))
            : more.place());
  }

  /**
   * Removes a node.
   *
   * @param id the identity of the node that leaves
   * @return a ring with one node less, perhaps empty
   * @throws NullPointerException if {@code id} is null
   * @throws IllegalArgumentException if the node is not on the ring
   */
  public HashRing<N> without(N id) {
    Members<N> fewer = members.without(id);
    int index = roster().indexOf(id);
    return new HashRing<>(
        fewer,
        members.othersKeepTheirPoints(index, fewer)
            ? points.minus(id, members.positions(index))
            : fewer.place());
  }

  /**
   * Measures the balance from the lengths of the arcs, not from a sample of keys.
   *
   * @return for each node the share of all 2<sup>64</sup> hashes that it owns, in [0, 1]
   */
  public Map<N, Double> ownership() {
    return Points.<N>none().gains(points, nodes());
  }

  /**
   * Measures whom a change gives keys, from the lengths of the arcs.
   *
   * @param after the ring that replaces this one
   * @return for each node of {@code after} the share of all 2<sup>64</sup> hashes that it owns there and not here; their
   *     sum is the share that moves
   * @throws NullPointerException if {@code after} is null
   */
  public Map<N, Double> gains(HashRing<N> after) {
    return points.gains(requireNonNull(after, "after").points, after.nodes());
  }

  private Roster<N> roster() {
    return members.roster();
  }

  /**
   * Describes a ring; every setting has a default.
   *
   * @param <N> what identifies a node
   */
  public static final class Builder<N> {
    private final Map<N, Node<N>> nodes = new LinkedHashMap<>();
    private Placement placement = Placement.hashed(DEFAULT_VIRTUAL_NODES);
    private Function<? super N, String> labeller = Object::toString;

    private Builder() {}

    /**
     * Adds a node.
     *
     * @param node the node; the order in which nodes are added makes no difference
     * @return this builder
     * @throws NullPointerException if {@code node} is null
     * @throws IllegalArgumentException if a node with the same identity has been added
     */
    public Builder<N> node(Node<N> node) {
      requireNonNull(node, "node");
      checkArgument(
          nodes.putIfAbsent(node.id(), node) == null, "node %s is there already", node.id());
      return this;
    }

    /**
     * Adds all the given nodes, or none if one is refused.
     *
     * @param nodes the nodes
     * @return this builder
     * @throws NullPointerException if {@code nodes} or one of the nodes is null
     * @throws IllegalArgumentException if two have the same identity, or one has been added
     */
    public Builder<N> nodes(Iterable<Node<N>> nodes) {
      Builder<N> accepted = new Builder<>();
      accepted.nodes.putAll(this.nodes);
      requireNonNull(nodes, "nodes").forEach(accepted::node);
      this.nodes.putAll(accepted.nodes);
      return this;
    }

    /**
     * Sets the number of points for each unit of weight: short for {@code placement(Placement.hashed(virtualNodes))}.
     *
     * @param virtualNodes the number, at least 1; 160 unless set
     * @return this builder
     * @throws IllegalArgumentException if {@code virtualNodes} is less than 1
     */
    public Builder<N> virtualNodes(int virtualNodes) {
      return placement(Placement.hashed(virtualNodes));
    }

    /**
     * Sets where points lie and how text keys are hashed.
     *
     * @param placement the placement
     * @return this builder
     * @throws NullPointerException if {@code placement} is null
     */
    public Builder<N> placement(Placement placement) {
      this.placement = requireNonNull(placement, "placement");
      return this;
    }

    /**
     * Sets the text under which a node is placed. It must be the same on every machine, and no two nodes may share it.
     *
     * @param labeller gives an identity its label; {@code toString} unless set
     * @return this builder
     * @throws NullPointerException if {@code labeller} is null
     */
    public Builder<N> labeller(Function<? super N, String> labeller) {
      this.labeller = requireNonNull(labeller, "labeller");
      return this;
    }

    /**
     * Creates the ring.
     *
     * @return a ring of the nodes added so far, perhaps none
     * @throws IllegalArgumentException if two nodes have the same label, the placement gives a node no point, or the ring
     *     would have more than {@link #MAX_POINTS} points
     */
    public HashRing<N> build() {
      Members<N> members = new Members<>(placement, Roster.of(nodes.values(), labeller));
      return new HashRing<>(members, members.place());
    }
  }
}
