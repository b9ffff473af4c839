package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the hashes into a fixed number of slots and keeps the owner of each in an array.
 *
 * <p><b>Idea.</b> Who owns a slot is decided when nodes change, at leisure; a look-up is one multiplication and one read.
 * Redis Cluster, Hazelcast and Ignite work like this, and so does the table of Maglev (Eisenbud et al., NSDI 2016). Each
 * node owns the floor or the ceiling of its share of the slots, in proportion to its weight and at least one. A node that
 * joins takes its quota from those most above their shares; the slots of one that leaves go to those most below. Nothing
 * else moves, so every change moves as few slots as its quotas permit.
 *
 * <p><b>Balance.</b> Nodes of equal weight differ by one slot at most, after any changes: with 64 slots a node, 1.6 %;
 * have at least as many. With unequal weights a node may come to be a slot or two off its share after many changes;
 * {@link #rebalanced} puts that right. The result depends on the history: hand {@link #encode} to the other machines.
 *
 * <p><b>Cost.</b> {@code locate} takes O(1) and allocates nothing; so does {@code replicas} up to the number of copies
 * that the builder is told. A slot takes a reference, and one more for each copy. A change takes O(slots log slots); the
 * first table with copies takes O(slots * nodes). <b>Thread safety.</b> Immutable; a changed table may be handed to its
 * readers through any field, and through a {@code volatile} one they see it at once.
 *
 * <p><b>Instead.</b> Where nodes must agree without exchanging state, use {@link HashRing}: its owners follow from the
 * nodes alone; {@link #compile} makes a table of it.
 *
 * @param <N> what identifies a node, with {@code equals}, {@code hashCode} and a {@code toString} that is the same on
 *     every machine (if it is not, see {@link Builder#labeller})
 */
public final class SlotTable<N> implements Partitioner<N> {
  /** The number of slots unless the builder is told otherwise; Redis Cluster has as many. */
  public static final int DEFAULT_SLOTS = 1 << 14;

  /** The most slots that a table can have. */
  public static final int MAX_SLOTS = 1 << 24;

  /** The most copies of which a table keeps lists. */
  public static final int MAX_COPIES = 64;

  /** The most references in lists of copies: a quarter of a GiB. */
  private static final int MAX_REFERENCES = 1 << 26;

  private final SlotHash slotHash;
  private final Assignment<N> assignment;
  private final Copies<N> copies;

  /** By slot. All are null if there is no node: a look-up tests what it has read, and nothing else. */
  private final @Nullable Object[] owners;

  SlotTable(SlotHash slotHash, Assignment<N> assignment) {
    this.slotHash = slotHash;
    this.assignment = assignment;
    copies = assignment.copies();
    owners = new Object[copies.slots()];
    if (copies.longest() > 0) {
      Arrays.setAll(owners, slot -> copies.get(slot, 1).get(0));
    }
  }

  /**
   * Creates a table of equal nodes with the default settings.
   *
   * @param <N> what identifies a node
   * @param ids the nodes' identities
   * @return the table
   * @throws NullPointerException if {@code ids} or an identity is null
   * @throws IllegalArgumentException if two identities are equal, or have equal labels, or there are more than slots
   */
  @SafeVarargs
  public static <N> SlotTable<N> of(N... ids) {
    Builder<N> builder = builder();
    for (N id : requireNonNull(ids, "ids")) {
      builder.node(Node.of(id));
    }
    return builder.build();
  }

  /**
   * Starts to describe a table.
   *
   * @param <N> what identifies a node
   * @return a builder without nodes, with 16,384 slots, one copy and {@link SlotHash#xxh3()}
   */
  public static <N> Builder<N> builder() {
    return new Builder<>();
  }

  /**
   * Asks another partitioner once for each slot, with a hash drawn from those of the slot, and keeps what it says. A
   * slot belongs to one node, so where the other's border runs through a slot, part of it goes to the wrong side.
   *
   * <p>The table may be unbalanced, as the other is. When nodes change later, its own rules hold: see
   * {@link #with}. Text keys are hashed by {@link SlotHash#xxh3()}, whatever the other does with them.
   *
   * @param <N> what identifies a node
   * @param partitioner who knows the owners
   * @param slots the number of slots, in [1, 2<sup>24</sup>] and at least the number of nodes
   * @param copies up to how many replicas are asked for and kept, in [1, 64]
   * @param labeller gives an identity its label, as {@link Builder#labeller} does
   * @return a table of the same nodes
   * @throws NullPointerException if {@code partitioner}, {@code labeller} or a label is null
   * @throws IllegalArgumentException if a number is out of range, two nodes have the same label, or the partitioner breaks
   *     its promise to give that many different nodes
   */
  public static <N> SlotTable<N> compile(
      Partitioner<N> partitioner, int slots, int copies, Function<? super N, String> labeller) {
    requireNonNull(partitioner, "partitioner");
    checkSize(slots, copies);
    Roster<N> roster = Roster.of(partitioner.members(), requireNonNull(labeller, "labeller"));
    Representatives<N> asked = new Representatives<>(partitioner, slots);
    int longest = Math.min(copies, roster.size());
    return new SlotTable<>(
        SlotHash.xxh3(),
        Assignment.given(roster, slots, copies, slot -> asked.holders(slot, longest)));
  }

  /**
   * Does {@link #compile(Partitioner, int, int, Function)} with {@code toString} for labels.
   *
   * @param <N> what identifies a node
   * @param partitioner who knows the owners
   * @param slots the number of slots, in [1, 2<sup>24</sup>] and at least the number of nodes
   * @param copies up to how many replicas are asked for and kept, in [1, 64]
   * @return a table of the same nodes
   * @throws NullPointerException if {@code partitioner} is null
   * @throws IllegalArgumentException if a number is out of range, two nodes have the same label, or the partitioner breaks
   *     its promise to give that many different nodes
   */
  public static <N> SlotTable<N> compile(Partitioner<N> partitioner, int slots, int copies) {
    return compile(partitioner, slots, copies, Object::toString);
  }

  @Override
  public N locate(long hash) {
    return owner(slotOf(hash));
  }

  /**
   * Finds the owner of a text key.
   *
   * @param key the key
   * @return the node that owns its slot
   * @throws NullPointerException if {@code key} is null
   * @throws IllegalStateException if there is no node
   * @throws IndexOutOfBoundsException if a slot hash that is not of this library gives a slot that is not there
   */
  public N locate(String key) {
    return owner(slotOf(key));
  }

  /**
   * Finds the owner of a slot.
   *
   * @param slot the slot, in [0, {@code slots() - 1}]
   * @return the node that owns it
   * @throws IllegalArgumentException if {@code slot} is out of range
   * @throws IllegalStateException if there is no node
   */
  public N ownerOf(int slot) {
    checkArgument(
        slot >= 0 && slot < owners.length,
        "slot must be in [0, %s], was %s",
        owners.length - 1,
        slot);
    return owner(slot);
  }

  /**
   * Finds the slot of a hash. Slots are runs of hashes of equal length, in the order of unsigned numbers; if their number
   * is a power of two, a slot is a hash's top bits.
   *
   * @param hash the key's hash; every value is valid
   * @return the slot, in [0, {@code slots() - 1}]
   */
  public int slotOf(long hash) {
    return NumberedNodes.scale(hash, owners.length);
  }

  /**
   * Finds the slot of a text key, by the table's {@link SlotHash}.
   *
   * @param key the key
   * @return the slot, in [0, {@code slots() - 1}]
   * @throws NullPointerException if {@code key} is null
   * @throws IndexOutOfBoundsException if a slot hash that is not of this library gives a slot that is not there
   */
  public int slotOf(String key) {
    return Objects.checkIndex(
        slotHash.slot(requireNonNull(key, "key"), owners.length), owners.length);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The owner is followed by the nodes in the order of their rendezvous scores for the slot. Up to the number of copies
   * that the builder was told this is an array read, and equal lists are one object; above it, all nodes are scored.
   */
  @Override
  public List<N> replicas(long hash, int count) {
    int slot = slotOf(hash);
    return count >= 1 && count <= copies.longest()
        ? copies.get(slot, count)
        : assignment.replicas(slot, count);
  }

  /**
   * Lists the nodes.
   *
   * @return their identities in the order of their labels, unmodifiable
   */
  @Override
  public Set<N> nodes() {
    return assignment.roster().ids();
  }

  @Override
  public List<Node<N>> members() {
    return assignment.roster().members();
  }

  /**
   * Says how many slots there are.
   *
   * @return the number of slots
   */
  public int slots() {
    return owners.length;
  }

  /**
   * Lists the slots of a node.
   *
   * @param id the node's identity
   * @return the slots that it owns in ascending order, in an array of the caller's own
   * @throws NullPointerException if {@code id} is null
   * @throws IllegalArgumentException if the node is not there
   */
  public int[] slotsOf(N id) {
    assignment.roster().indexOf(id);
    return IntStream.range(0, owners.length)
        .filter(slot -> id.equals(owners[slot]))
        .toArray();
  }

  /**
   * Counts the slots of every node.
   *
   * @return how many slots each node owns, in the order of {@link #nodes()}, unmodifiable
   */
  public Map<N, Integer> loads() {
    int[] loads = assignment.loads();
    ImmutableMap.Builder<N, Integer> byNode = ImmutableMap.builder();
    for (int i = 0; i < loads.length; i++) {
      byNode.put(assignment.roster().id(i), loads[i]);
    }
    return byNode.buildOrThrow();
  }

  /**
   * Adds a node. It gets its quota of the slots from the nodes most above their shares, and no slot moves otherwise. The
   * quota is its share rounded down (but a slot at least) if the others can keep the rest within their shares rounded up,
   * else rounded up.
   *
   * @param node the node that joins
   * @return a table with one node more
   * @throws NullPointerException if {@code node} is null
   * @throws IllegalArgumentException if its identity or label is there already, or there is no slot for it
   */
  public SlotTable<N> with(Node<N> node) {
    return changed(assignment.with(requireNonNull(node, "node")));
  }

  /**
   * Removes a node. Its slots go to the nodes most below their shares, each if possible to the node that comes next in the
   * slot's order, which is its second replica; no other slot moves.
   *
   * @param id the identity of the node that leaves
   * @return a table with one node less, perhaps empty
   * @throws NullPointerException if {@code id} is null
   * @throws IllegalArgumentException if the node is not there
   */
  public SlotTable<N> without(N id) {
    return changed(assignment.without(requireNonNull(id, "id")));
  }

  /**
   * Gives a node another weight or zone. If the weight goes up, it gets slots as a joining node does; if it goes down, it
   * gives up slots as a leaving one does; no slot moves between others.
   *
   * @param node the node as it is to be, with the identity that it has
   * @return a table of the same nodes
   * @throws NullPointerException if {@code node} is null
   * @throws IllegalArgumentException if the node is not there
   */
  public SlotTable<N> replace(Node<N> node) {
    return changed(assignment.replace(requireNonNull(node, "node")));
  }

  /**
   * Gives every node its share of the slots, rounded up or down, with as few moves as that permits. This is for a table
   * that has been compiled, and for one whose nodes of unequal weights have changed many times.
   *
   * @return a table of the same nodes
   */
  public SlotTable<N> rebalanced() {
    return changed(assignment.rebalanced());
  }

  /**
   * Writes down the table, so that another process can have the same one: who owns a slot depends on the changes since the
   * table was built.
   *
   * @param writer gives an identity as text, at most 65,535 bytes of UTF-8
   * @return the nodes with labels, weights and zones, the holders of each slot, and a checksum
   * @throws NullPointerException if {@code writer} or a text is null
   * @throws IllegalArgumentException if a text is too long
   */
  public byte[] encode(Function<? super N, String> writer) {
    return SlotTableState.encode(assignment, slotHash, requireNonNull(writer, "writer"));
  }

  /**
   * Reads a table of a built-in {@link SlotHash} whose nodes have their {@code toString} for labels.
   *
   * @param <N> what identifies a node
   * @param state what {@link #encode} has returned
   * @param reader makes an identity of its text
   * @return a table with the same owners and replicas, and which changes in the same way
   * @throws NullPointerException if an argument or an identity is null
   * @throws IllegalArgumentException if the state is damaged, is of another version or has a slot hash of its own; the
   *     message says what is wrong with it
   */
  public static <N> SlotTable<N> decode(byte[] state, Function<String, ? extends N> reader) {
    return SlotTableState.decode(
        requireNonNull(state, "state"), requireNonNull(reader, "reader"), Object::toString, null);
  }

  /**
   * Reads a table with a labeller or a slot hash of its own.
   *
   * @param <N> what identifies a node
   * @param state what {@link #encode} has returned
   * @param reader makes an identity of its text
   * @param labeller gives nodes that join later their labels; the others have those of the state
   * @param slotHash the table's slot hash; if the state names a built-in one, it must be that
   * @return a table with the same owners and replicas, and which changes in the same way
   * @throws NullPointerException if an argument or an identity is null
   * @throws IllegalArgumentException if the state is damaged, is of another version or has another slot hash; the message
   *     says what is wrong with it
   */
  public static <N> SlotTable<N> decode(
      byte[] state,
      Function<String, ? extends N> reader,
      Function<? super N, String> labeller,
      SlotHash slotHash) {
    return SlotTableState.decode(
        requireNonNull(state, "state"),
        requireNonNull(reader, "reader"),
        requireNonNull(labeller, "labeller"),
        requireNonNull(slotHash, "slotHash"));
  }

  /** The first {@code count} holders of a slot, or all nodes if they are fewer. */
  List<N> holders(int slot, int count) {
    int most = Math.min(count, assignment.roster().size());
    return most <= copies.longest()
        ? (most == 0 ? List.of() : copies.get(slot, most))
        : assignment.replicas(slot, most);
  }

  @SuppressWarnings("unchecked")
  private N owner(int slot) {
    Object owner = owners[slot];
    if (owner == null) {
      throw new IllegalStateException("there is no node");
    }
    return (N) owner;
  }

  private SlotTable<N> changed(Assignment<N> changed) {
    return new SlotTable<>(slotHash, changed);
  }

  /** Refuses numbers of slots and copies that are out of range, or lists that would be too large together. */
  static void checkSize(int slots, int copies) {
    checkSlots(slots);
    checkCopies(copies);
    long references = (long) slots * copies;
    checkArgument(
        references <= MAX_REFERENCES,
        "slots * copies must be <= %s, was %s",
        MAX_REFERENCES,
        references);
  }

  private static void checkSlots(int slots) {
    checkArgument(
        slots >= 1 && slots <= MAX_SLOTS, "slots must be in [1, %s], was %s", MAX_SLOTS, slots);
  }

  private static void checkCopies(int copies) {
    checkArgument(
        copies >= 1 && copies <= MAX_COPIES,
        "copies must be in [1, %s], was %s",
        MAX_COPIES,
        copies);
  }

  /**
   * Describes a table; every setting has a default.
   *
   * @param <N> what identifies a node
   */
  public static final class Builder<N> {
    private final Map<N, Node<N>> nodes = new LinkedHashMap<>();
    private int slots = DEFAULT_SLOTS;
    private int copies = 1;
    private SlotHash slotHash = SlotHash.xxh3();
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
     * Sets the number of slots. It cannot change later, so think of the most nodes that there may be: 64 slots for each
     * keep the balance within 1.6 %.
     *
     * @param slots the number, in [1, 2<sup>24</sup>]; 16,384 unless set
     * @return this builder
     * @throws IllegalArgumentException if {@code slots} is out of range
     */
    public Builder<N> slots(int slots) {
      checkSlots(slots);
      this.slots = slots;
      return this;
    }

    /**
     * Sets for how many copies the table keeps lists, so that {@link #replicas} need not make them.
     *
     * @param copies the number, the owner included, in [1, 64]; 1 unless set. There may be fewer nodes
     * @return this builder
     * @throws IllegalArgumentException if {@code copies} is out of range
     */
    public Builder<N> copies(int copies) {
      checkCopies(copies);
      this.copies = copies;
      return this;
    }

    /**
     * Sets how text keys are mapped to slots.
     *
     * @param slotHash the rule; {@link SlotHash#xxh3()} unless set
     * @return this builder
     * @throws NullPointerException if {@code slotHash} is null
     */
    public Builder<N> slotHash(SlotHash slotHash) {
      this.slotHash = requireNonNull(slotHash, "slotHash");
      return this;
    }

    /**
     * Sets the text that tells nodes apart. It must be the same on every machine, and no two nodes may share it.
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
     * Creates the table. Each node gets its share rounded up or down, up for the largest remainders, then in the order of
     * labels; its slots lie scattered over the table.
     *
     * @return a table of the nodes added so far, perhaps none
     * @throws IllegalArgumentException if two nodes have the same label, there are more nodes than slots, or
     *     {@code slots * copies} is more than 2<sup>26</sup>
     */
    public SlotTable<N> build() {
      checkSize(slots, copies);
      return new SlotTable<>(
          slotHash, Assignment.dealt(Roster.of(nodes.values(), labeller), slots, copies));
    }
  }
}
