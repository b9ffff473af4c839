package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.math.LongMath;
import dev.whiteboard.core.hash.Xxh3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Spreads keys over nodes of any weight through a table that every machine computes alike: almost perfect balance, one
 * array read for a look-up, and a change moves a few keys more than it must.
 *
 * <p><b>Idea.</b> Every node ranks all the slots of a table of prime size in an order of its own, from two hashes of its
 * label. The nodes take turns, and in a turn a node takes the slot that it ranks highest among those still free, until
 * none is free. Equal nodes get the same number of slots, give or take one. Eisenbud et al., <i>Maglev: A Fast and
 * Reliable Software Network Load Balancer</i>, NSDI 2016, section 3.4. A lighter node passes over turns, as in Envoy.
 *
 * <p><b>Cost.</b> {@code locate} takes one multiplication and one array read, and allocates nothing. The table takes 4
 * bytes for a slot. {@code with} and {@code without} fill it anew: O(m (ln m + h)) expected for m slots, where h is the
 * highest weight over the mean one.
 * <b>Thread safety.</b> Immutable; hand a changed one to its readers through a {@code volatile} field.
 *
 * <p><b>Instead.</b> Shares are multiples of a slot: have at least 100 slots for a node and they are even to 1 %. Where a
 * key that moves without need is expensive, as with stored data, use {@link HashRing} or {@link RendezvousHash}.
 *
 * @param <N> what identifies a node, with {@code equals}, {@code hashCode} and a {@code toString} that is the same on
 *     every machine (if it is not, see {@link #create(Iterable, int, Function)})
 */
public final class MaglevTable<N> implements Partitioner<N> {
  /** Slots unless told otherwise, as in the paper: enough for 655 nodes. */
  public static final int DEFAULT_TABLE_SIZE = 65_537;

  /** The most slots that a table can have: 256 MiB. */
  public static final int MAX_TABLE_SIZE = 1 << 26;

  private final Roster<N> roster;
  private final int tableSize;

  /** The owner of each slot; empty if there is no node. */
  private final ImmutableList<N> owners;

  private MaglevTable(Roster<N> roster, int tableSize) {
    checkArgument(
        roster.size() <= tableSize,
        "nodes must be <= %s, the slots, were %s",
        tableSize,
        roster.size());
    this.roster = roster;
    this.tableSize = tableSize;
    owners = roster.size() == 0 ? ImmutableList.of() : owners(roster, tableSize);
  }

  /**
   * Creates a table of 65,537 slots for equal nodes.
   *
   * @param <N> what identifies a node
   * @param ids the nodes' identities; their order makes no difference
   * @return the table
   * @throws NullPointerException if {@code ids} or an identity is null
   * @throws IllegalArgumentException if two identities are equal, have equal labels, or there are more than slots
   */
  @SafeVarargs
  public static <N> MaglevTable<N> of(N... ids) {
    List<Node<N>> nodes = new ArrayList<>();
    for (N id : requireNonNull(ids, "ids")) {
      nodes.add(Node.of(id));
    }
    return create(nodes);
  }

  /**
   * Creates a table of 65,537 slots for nodes that may have weights and zones, labelled with their {@code toString}.
   *
   * @param <N> what identifies a node
   * @param nodes the nodes; their order makes no difference
   * @return the table
   * @throws NullPointerException if {@code nodes} or one of the nodes is null
   * @throws IllegalArgumentException if two nodes have the same identity or label, or there are more than slots
   */
  public static <N> MaglevTable<N> create(Iterable<Node<N>> nodes) {
    return create(nodes, DEFAULT_TABLE_SIZE, Object::toString);
  }

  /**
   * Creates a table.
   *
   * @param <N> what identifies a node
   * @param nodes the nodes; their order makes no difference
   * @param tableSize how many slots: a prime in [2, {@link #MAX_TABLE_SIZE}], at least as many as there are nodes, and
   *     better 100 times as many
   * @param labeller gives an identity the text that is hashed. It must be the same on every machine, and no two nodes may
   *     share it
   * @return the table
   * @throws NullPointerException if an argument, one of the nodes or a label is null
   * @throws IllegalArgumentException if two nodes have the same identity or label, {@code tableSize} is out of range or
   *     not a prime, or there are more nodes than slots
   */
  public static <N> MaglevTable<N> create(
      Iterable<Node<N>> nodes, int tableSize, Function<? super N, String> labeller) {
    checkArgument(
        tableSize >= 2 && tableSize <= MAX_TABLE_SIZE && LongMath.isPrime(tableSize),
        "tableSize must be a prime in [2, %s], was %s",
        MAX_TABLE_SIZE,
        tableSize);
    return new MaglevTable<>(Roster.of(nodes, requireNonNull(labeller, "labeller")), tableSize);
  }

  @Override
  public N locate(long hash) {
    roster.checkNotEmpty();
    return owners.get(NumberedNodes.scale(hash, tableSize));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The nodes follow in the order of the slots after the key's.
   */
  @Override
  public List<N> replicas(long hash, int count) {
    int slot = NumberedNodes.scale(hash, tableSize);
    // Every node has a slot, so that once around the table names them all.
    Iterator<N> order = IntStream.range(0, tableSize)
        .mapToObj(i -> owners.get((slot + i) % tableSize))
        .iterator();
    return roster.spread(order, count);
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
   * Says how fine the shares are.
   *
   * @return the number of slots
   */
  public int tableSize() {
    return tableSize;
  }

  /**
   * Adds a node.
   *
   * @param node the node that joins
   * @return a table with one node more
   * @throws NullPointerException if {@code node} is null
   * @throws IllegalArgumentException if its identity or label is there already, or each slot has a node of its own
   */
  public MaglevTable<N> with(Node<N> node) {
    return new MaglevTable<>(roster.with(node), tableSize);
  }

  /**
   * Removes a node.
   *
   * @param id the identity of the node that leaves
   * @return a table with one node less, perhaps empty
   * @throws NullPointerException if {@code id} is null
   * @throws IllegalArgumentException if the node is not there
   */
  public MaglevTable<N> without(N id) {
    return new MaglevTable<>(roster.without(id), tableSize);
  }

  /**
   * Lets the nodes take turns at a table. No product wraps: there are at most {@code size} rounds.
   *
   * @param offsets for each node the slot that it ranks highest, in [0, {@code size})
   * @param skips for each node the distance to the next in its ranking, in [1, {@code size})
   * @param weights for each node its weight; in round i it takes a turn if it has had at most i * weight / heaviest
   * @param size a prime, at least the number of nodes, which is at least 1
   * @return for each slot the index of its node
   */
  static int[] fill(int[] offsets, int[] skips, int[] weights, int size) {
    int[] table = new int[size];
    Arrays.fill(table, -1);
    int[] next = offsets.clone();
    long[] due = new long[offsets.length];
    long heaviest = Arrays.stream(weights).max().orElseThrow();
    int free = size;
    for (long round = 1; free > 0; round++) {
      for (int node = 0; node < offsets.length && free > 0; node++) {
        if (round * weights[node] >= due[node]) {
          due[node] += heaviest;
          while (table[next[node]] >= 0) {
            next[node] = (next[node] + skips[node]) % size;
          }
          table[next[node]] = node;
          free--;
        }
      }
    }
    return table;
  }

  private static <N> ImmutableList<N> owners(Roster<N> roster, int size) {
    long[] hashes = new long[roster.size()];
    Arrays.setAll(hashes, i -> Xxh3.hash(roster.label(i)));
    int[] offsets = Arrays.stream(hashes)
        .mapToInt(h -> NumberedNodes.scale(Xxh3.hash(h, 0), size))
        .toArray();
    int[] skips = Arrays.stream(hashes)
        .mapToInt(h -> 1 + NumberedNodes.scale(Xxh3.hash(h, 1), size - 1))
        .toArray();
    int[] weights = roster.members().stream().mapToInt(Node::weight).toArray();
    return Arrays.stream(fill(offsets, skips, weights, size))
        .mapToObj(roster::id)
        .collect(ImmutableList.toImmutableList());
  }
}
