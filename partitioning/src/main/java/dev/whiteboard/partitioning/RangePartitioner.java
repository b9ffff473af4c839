package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps keys in their order, in ranges that each have an owner, so that a scan over neighbouring keys asks few nodes.
 *
 * <p><b>Idea.</b> Boundaries cut the line of keys; the first range has no lower bound and the last no upper one, so every
 * key has an owner. A range that grows is split, one that shrinks is merged with its neighbour, and a busy node gives
 * ranges away. These are Bigtable's tablets (Chang et al., <i>Bigtable: A Distributed Storage System for Structured
 * Data</i>, OSDI 2006) and HBase's regions.
 *
 * <p>Order has a price: keys that grow, such as timestamps, are all written to the last range, however many ranges there
 * are. Put something that varies before them, a hash or a tenant. {@link RangeLoad} finds the range that is hot and where
 * to split it.
 *
 * <p><b>Cost.</b> {@code locate} is a binary search, O(log ranges), and allocates nothing. A change copies the two arrays
 * of boundaries and owners. <b>Thread safety.</b> Immutable; hand a changed one to its readers through a {@code volatile}
 * field.
 *
 * <p><b>Instead.</b> If keys are only read one by one, {@link HashRing} spreads them without anyone choosing boundaries.
 *
 * @param <K> the keys, with a {@code compareTo} that agrees with {@code equals}
 * @param <N> what identifies a node, with {@code equals} and {@code hashCode}
 */
public final class RangePartitioner<K extends Comparable<? super K>, N> {
  /** Ascending; {@code boundaries[i]} is the first key of range {@code i + 1}. */
  private final ImmutableList<K> boundaries;

  /** One more than boundaries. */
  private final ImmutableList<N> owners;

  private RangePartitioner(List<K> boundaries, List<N> owners) {
    this.boundaries = ImmutableList.copyOf(boundaries);
    this.owners = ImmutableList.copyOf(owners);
  }

  /**
   * The keys from one boundary up to the next, and who owns them.
   *
   * @param <K> the keys
   * @param <N> what identifies a node
   * @param from the first key; null if there is no lower bound
   * @param to the key after the last; null if there is no upper bound
   * @param owner the node that owns the keys
   */
  public record Range<K extends Comparable<? super K>, N>(
      @Nullable K from, @Nullable K to, N owner) {
    /**
     * Creates a range.
     *
     * @param from the first key; null if there is no lower bound
     * @param to the key after the last; null if there is no upper bound
     * @param owner the node that owns the keys
     * @throws NullPointerException if {@code owner} is null
     * @throws IllegalArgumentException if {@code to} is not greater than {@code from}
     */
    public Range {
      requireNonNull(owner, "owner");
      checkArgument(
          from == null || to == null || from.compareTo(to) < 0,
          "to must be > from %s, was %s",
          from,
          to);
    }

    /**
     * Says whether a key lies in this range.
     *
     * @param key the key
     * @return whether {@code from <= key < to}
     * @throws NullPointerException if {@code key} is null
     */
    public boolean contains(K key) {
      requireNonNull(key, "key");
      return (from == null || from.compareTo(key) <= 0) && (to == null || key.compareTo(to) < 0);
    }
  }

  /**
   * Creates one range that holds every key.
   *
   * @param <K> the keys
   * @param <N> what identifies a node
   * @param owner the node that owns it
   * @return the partitioner
   * @throws NullPointerException if {@code owner} is null
   */
  public static <K extends Comparable<? super K>, N> RangePartitioner<K, N> of(N owner) {
    return new RangePartitioner<K, N>(List.of(), List.of(requireNonNull(owner, "owner")));
  }

  /**
   * Creates many ranges at once.
   *
   * @param <K> the keys
   * @param <N> what identifies a node
   * @param first the owner of the keys below the first boundary
   * @param starts each boundary with the owner of the keys from there on
   * @return the partitioner, with one range more than there are boundaries
   * @throws NullPointerException if an argument, a boundary or an owner is null
   * @throws IllegalArgumentException if the map is not in the natural order of the keys
   */
  public static <K extends Comparable<? super K>, N> RangePartitioner<K, N> of(
      N first, SortedMap<K, N> starts) {
    requireNonNull(first, "first");
    requireNonNull(starts, "starts");
    List<K> boundaries = new ArrayList<>();
    List<N> owners = new ArrayList<>(List.of(first));
    starts.forEach((key, owner) -> {
      requireNonNull(key, "boundary");
      K previous = boundaries.isEmpty() ? null : boundaries.get(boundaries.size() - 1);
      checkArgument(
          previous == null || previous.compareTo(key) < 0,
          "boundaries must ascend, %s came before %s",
          previous,
          key);
      boundaries.add(key);
      owners.add(requireNonNull(owner, "owner"));
    });
    return new RangePartitioner<>(boundaries, owners);
  }

  /**
   * Finds the owner of a key.
   *
   * @param key the key
   * @return the node that owns it
   * @throws NullPointerException if {@code key} is null
   */
  public N locate(K key) {
    return owners.get(indexOf(key));
  }

  /**
   * Finds the range of a key.
   *
   * @param key the key
   * @return the range that holds it
   * @throws NullPointerException if {@code key} is null
   */
  public Range<K, N> rangeOf(K key) {
    return range(indexOf(key));
  }

  /**
   * Lists the ranges.
   *
   * @return at least one, in the order of the keys, unmodifiable; each begins where the one before it ends
   */
  public List<Range<K, N>> ranges() {
    return ranges(null, null);
  }

  /**
   * Lists the ranges that a scan reads.
   *
   * @param from the first key of the scan; null to begin with the first of all
   * @param to the key after the last; null to go on to the last of all
   * @return the ranges that hold a key in [{@code from}, {@code to}), in the order of the keys, unmodifiable; none if the
   *     two are equal
   * @throws IllegalArgumentException if {@code from} is greater than {@code to}
   */
  public List<Range<K, N>> ranges(@Nullable K from, @Nullable K to) {
    int order = from == null || to == null ? -1 : from.compareTo(to);
    checkArgument(order <= 0, "from must be <= to %s, was %s", to, from);
    ImmutableList.Builder<Range<K, N>> touched = ImmutableList.builder();
    int first = from == null ? 0 : indexOf(from);
    for (int i = first; order < 0 && i < owners.size(); i++) {
      if (i > first && to != null && boundaries.get(i - 1).compareTo(to) >= 0) {
        break;
      }
      touched.add(range(i));
    }
    return touched.build();
  }

  /**
   * Lists the nodes that own a range.
   *
   * @return their identities in the order of their first ranges, unmodifiable
   */
  public Set<N> nodes() {
    return ImmutableSet.copyOf(owners);
  }

  /**
   * Cuts a range in two.
   *
   * @param at the new boundary, which is the first key of the upper half
   * @param ownerOfUpper the owner of the upper half; the lower one keeps its own
   * @return a partitioner with one range more
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if there is a boundary at this key
   */
  public RangePartitioner<K, N> split(K at, N ownerOfUpper) {
    int index = Collections.binarySearch(boundaries, requireNonNull(at, "at"));
    requireNonNull(ownerOfUpper, "ownerOfUpper");
    checkArgument(index < 0, "there is a boundary at %s already", at);
    List<K> moreBoundaries = new ArrayList<>(boundaries);
    List<N> moreOwners = new ArrayList<>(owners);
    moreBoundaries.add(~index, at);
    moreOwners.add(~index + 1, ownerOfUpper);
    return new RangePartitioner<>(moreBoundaries, moreOwners);
  }

  /**
   * Joins two ranges.
   *
   * @param at the boundary between them; the owner of the lower one gets both
   * @return a partitioner with one range less
   * @throws NullPointerException if {@code at} is null
   * @throws IllegalArgumentException if there is no boundary at this key
   */
  public RangePartitioner<K, N> merge(K at) {
    int index = Collections.binarySearch(boundaries, requireNonNull(at, "at"));
    checkArgument(index >= 0, "there is no boundary at %s", at);
    List<K> fewerBoundaries = new ArrayList<>(boundaries);
    List<N> fewerOwners = new ArrayList<>(owners);
    fewerBoundaries.remove(index);
    fewerOwners.remove(index + 1);
    return new RangePartitioner<>(fewerBoundaries, fewerOwners);
  }

  /**
   * Moves a range to another node.
   *
   * @param key any key of the range
   * @param owner the node that gets it
   * @return a partitioner with the same boundaries
   * @throws NullPointerException if an argument is null
   */
  public RangePartitioner<K, N> assign(K key, N owner) {
    List<N> changed = new ArrayList<>(owners);
    changed.set(indexOf(key), requireNonNull(owner, "owner"));
    return new RangePartitioner<>(boundaries, changed);
  }

  /**
   * Moves all ranges of a node away. Each, in the order of the keys, goes to the node that has the fewest ranges by then;
   * of several such nodes to the first in {@link #nodes()}.
   *
   * @param node the node that leaves
   * @return a partitioner with the same boundaries, of the other nodes
   * @throws NullPointerException if {@code node} is null
   * @throws IllegalArgumentException if the node owns nothing, or everything
   */
  public RangePartitioner<K, N> without(N node) {
    Map<N, Integer> counts = new LinkedHashMap<>();
    owners.forEach(owner -> counts.merge(owner, 1, Integer::sum));
    checkArgument(
        counts.remove(requireNonNull(node, "node")) != null, "node %s is not there", node);
    checkArgument(!counts.isEmpty(), "node %s owns everything, assign its ranges first", node);
    List<N> changed = new ArrayList<>(owners);
    changed.replaceAll(owner -> {
      N heir = owner.equals(node)
          ? Collections.min(counts.entrySet(), Map.Entry.comparingByValue()).getKey()
          : owner;
      if (owner.equals(node)) {
        counts.merge(heir, 1, Integer::sum);
      }
      return heir;
    });
    return new RangePartitioner<>(boundaries, changed);
  }

  /** The place of a key's range in {@link #ranges()}. */
  int indexOf(K key) {
    int index = Collections.binarySearch(boundaries, requireNonNull(key, "key"));
    return index >= 0 ? index + 1 : ~index;
  }

  private Range<K, N> range(int index) {
    K from = index == 0 ? null : boundaries.get(index - 1);
    K to = index == boundaries.size() ? null : boundaries.get(index);
    return new Range<>(from, to, owners.get(index));
  }
}
