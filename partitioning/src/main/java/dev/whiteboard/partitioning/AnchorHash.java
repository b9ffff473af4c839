package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.primitives.Ints;
import dev.whiteboard.core.hash.Xxh3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Spreads keys evenly over equal nodes, any of which may leave and return, within a capacity fixed at the start.
 *
 * <p><b>Idea.</b> A key is hashed to one of {@code capacity} buckets. If that bucket is not in use, the key is hashed again,
 * to one of the buckets that were in use just after that bucket was removed, and so on until it meets one in use. The set
 * shrinks at each step, so that an earlier removal never changes what a later one did. A node that joins takes the bucket
 * that was freed last, and with it exactly the keys that were sent away from there. Mendelson, Vargaftik, Barabash,
 * Lorenz, Keslassy and Orda, <i>AnchorHash: A Scalable Consistent Hash</i>, IEEE/ACM ToN 2020, arXiv:1812.09674.
 *
 * <p><b>Cost.</b> {@code locate} takes at most 1 + ln(capacity / n) expected hashes and allocates nothing. Memory is 12
 * bytes for a bucket and 4 more for one not in use. {@code with} and {@code without} take O(capacity).
 * <b>Thread safety.</b> Immutable; hand a changed one to its readers through a {@code volatile} field.
 *
 * <p><b>Instead.</b> History matters: two machines that saw the same nodes come and go in another order disagree, unless
 * they share the {@linkplain #encode state}. Where that cannot be had, or nodes have weights, use {@link RendezvousHash} for few nodes or {@link HashRing} for many.
 *
 * @param <N> what identifies a node, with {@code equals} and {@code hashCode}
 */
public final class AnchorHash<N> implements Partitioner<N> {
  /** The largest capacity: some 256 MiB. */
  public static final int MAX_CAPACITY = 1 << 24;

  private static final byte STATE_KIND = 'A';
  private static final int STATE_VERSION = 1;

  /** The nodes in the order of their buckets. */
  private final Roster<N> roster;

  /** The buckets not in use, that removed last at the end (the paper's R). All else follows from it. */
  private final int[] removed;

  /** For each bucket how many were in use just after its removal (A); 0 for one in use. */
  private final int[] sizes;

  /** For each bucket that which took its place among those in use when it was removed (K); itself for one in use. */
  private final int[] successors;

  /** For each bucket in use the index of its node. */
  private final int[] indexes;

  private AnchorHash(int capacity, Roster<N> roster, int[] removed) {
    this.roster = roster;
    this.removed = removed;
    sizes = new int[capacity];
    successors = numbers(capacity);
    indexes = new int[capacity];
    replayRemovals();
    int[] inUse = inUse().stream().toArray();
    for (int i = 0; i < inUse.length; i++) {
      indexes[inUse[i]] = i;
    }
  }

  /**
   * Creates a partitioner that gives the nodes the first buckets.
   *
   * @param <N> what identifies a node
   * @param capacity the most nodes that there can ever be, in [1, {@link #MAX_CAPACITY}]; twice the number expected is
   *     plenty
   * @param nodes the nodes, each of weight 1; their order matters
   * @return the partitioner
   * @throws NullPointerException if {@code nodes} or one of the nodes is null
   * @throws IllegalArgumentException if {@code capacity} is out of range, there are more nodes, two nodes have the same
   *     identity, or a weight is not 1
   */
  public static <N> AnchorHash<N> create(int capacity, Iterable<Node<N>> nodes) {
    checkCapacity(capacity);
    Roster<N> roster = NumberedNodes.roster(nodes);
    checkFits(roster.size(), capacity);
    int unused = capacity - roster.size();
    return new AnchorHash<>(
        capacity, roster, IntStream.range(0, unused).map(i -> capacity - 1 - i).toArray());
  }

  /**
   * Writes down the partitioner, so that another process can have the same one: which bucket a node has depends on who
   * left before it joined.
   *
   * @param writer gives an identity as text, at most 65,535 bytes of UTF-8
   * @return the nodes with zones, the buckets not in use, and a checksum
   * @throws NullPointerException if {@code writer} or a text is null
   * @throws IllegalArgumentException if a text is too long
   */
  public byte[] encode(Function<? super N, String> writer) {
    requireNonNull(writer, "writer");
    return State.write(STATE_KIND, STATE_VERSION, body -> {
      State.writeNodes(body, roster, writer);
      body.writeInt(removed.length);
      for (int bucket : removed) {
        body.writeInt(bucket);
      }
    });
  }

  /**
   * Reads a partitioner.
   *
   * @param <N> what identifies a node
   * @param state what {@link #encode} has returned
   * @param reader makes an identity of its text
   * @return a partitioner with the same owners, which changes in the same way
   * @throws NullPointerException if an argument or an identity is null
   * @throws IllegalArgumentException if the state is damaged or of another version; the message says what is wrong with it
   */
  public static <N> AnchorHash<N> decode(byte[] state, Function<String, ? extends N> reader) {
    requireNonNull(reader, "reader");
    return State.read(requireNonNull(state, "state"), STATE_KIND, STATE_VERSION, body -> {
      List<Node<N>> nodes = State.<N>readNodes(body, reader, Object::toString).members();
      int count = body.readInt();
      checkArgument(
          body.available() == (long) count * Integer.BYTES,
          "state must have %s removed buckets, has %s bytes of them",
          count,
          body.available());
      int[] removed = new int[count];
      for (int i = 0; i < count; i++) {
        removed[i] = body.readInt();
      }
      return restore(nodes.size() + count, nodes, removed);
    });
  }

  /**
   * Restores a partitioner with its history.
   *
   * @param nodes the nodes in the order of their buckets, as {@link #members()} lists them
   * @param removed what {@link #removed()} returned
   */
  static <N> AnchorHash<N> restore(int capacity, Iterable<Node<N>> nodes, int[] removed) {
    checkCapacity(capacity);
    requireNonNull(removed, "removed");
    Roster<N> roster = NumberedNodes.roster(nodes);
    checkArgument(
        roster.size() + (long) removed.length == capacity,
        "nodes and removed buckets must be %s, the capacity, were %s",
        capacity,
        roster.size() + (long) removed.length);
    BitSet seen = new BitSet(capacity);
    for (int bucket : removed) {
      checkArgument(
          bucket >= 0 && bucket < capacity,
          "removed bucket must be in [0, %s], was %s",
          capacity - 1,
          bucket);
      checkArgument(!seen.get(bucket), "bucket %s is removed twice", bucket);
      seen.set(bucket);
    }
    return new AnchorHash<>(capacity, roster, removed.clone());
  }

  @Override
  public N locate(long hash) {
    roster.checkNotEmpty();
    int bucket = NumberedNodes.scale(hash, sizes.length);
    while (sizes[bucket] > 0) {
      int size = sizes[bucket];
      int next = NumberedNodes.scale(Xxh3.hash(hash, bucket), size);
      while (sizes[next] >= size) {
        next = successors[next];
      }
      bucket = next;
    }
    return roster.id(indexes[bucket]);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The nodes that follow are the owners of further hashes of the key, so that a node that joins or leaves moves few
   * copies between others.
   */
  @Override
  public List<N> replicas(long hash, int count) {
    return roster.spread(NumberedNodes.order(roster, hash, this::locate), count);
  }

  /**
   * Lists the nodes.
   *
   * @return their identities in the order of their buckets, unmodifiable
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
   * Says how many nodes there can be.
   *
   * @return the number of buckets, as given at the start
   */
  public int capacity() {
    return sizes.length;
  }

  /**
   * Adds a node, which takes the bucket that was freed last.
   *
   * @param node the node that joins, of weight 1
   * @return a partitioner with one node more
   * @throws NullPointerException if {@code node} is null
   * @throws IllegalArgumentException if its identity is there already, its weight is not 1, or no bucket is free
   */
  public AnchorHash<N> with(Node<N> node) {
    requireNonNull(node, "node");
    checkFits(roster.size() + 1, capacity());
    int bucket = removed[removed.length - 1];
    List<Node<N>> more = new ArrayList<>(members());
    more.add(inUse().get(0, bucket).cardinality(), node);
    return new AnchorHash<>(
        capacity(), NumberedNodes.roster(more), Arrays.copyOf(removed, removed.length - 1));
  }

  /**
   * Removes a node and frees its bucket.
   *
   * @param id the identity of the node that leaves
   * @return a partitioner with one node less, perhaps empty
   * @throws NullPointerException if {@code id} is null
   * @throws IllegalArgumentException if the node is not there
   */
  public AnchorHash<N> without(N id) {
    int index = roster.indexOf(id);
    int bucket = inUse().stream().skip(index).findFirst().getAsInt();
    List<Node<N>> fewer = new ArrayList<>(members());
    fewer.remove(index);
    return new AnchorHash<>(
        capacity(), NumberedNodes.roster(fewer), Ints.concat(removed, new int[] {bucket}));
  }

  /** The buckets not in use, that removed last at the end. */
  int[] removed() {
    return removed.clone();
  }

  /** The bucket that took the place of one that was removed; itself if that was the last place. */
  int successor(int bucket) {
    return successors[bucket];
  }

  private BitSet inUse() {
    BitSet inUse = new BitSet(capacity());
    inUse.set(0, capacity());
    Arrays.stream(removed).forEach(inUse::clear);
    return inUse;
  }

  /**
   * Removes the buckets one after another, as the paper does. It undoes the last removal to add a bucket; to leave that
   * removal out is the same, and W and L need not be kept. Without them a look-up would find the same owner, but in more
   * steps: a successor could itself have been removed before.
   */
  private void replayRemovals() {
    int[] buckets = numbers(capacity()); // W: the first ones are those in use
    int[] places = numbers(capacity()); // L: where in it a bucket is
    int size = capacity();
    for (int bucket : removed) {
      size--;
      int last = buckets[size];
      sizes[bucket] = size;
      successors[bucket] = last;
      buckets[places[bucket]] = last;
      places[last] = places[bucket];
    }
  }

  private static int[] numbers(int count) {
    return IntStream.range(0, count).toArray();
  }

  private static void checkCapacity(int capacity) {
    checkArgument(
        capacity >= 1 && capacity <= MAX_CAPACITY,
        "capacity must be in [1, %s], was %s",
        MAX_CAPACITY,
        capacity);
  }

  private static void checkFits(int nodes, int capacity) {
    checkArgument(nodes <= capacity, "nodes must be <= %s, the capacity, were %s", capacity, nodes);
  }
}
