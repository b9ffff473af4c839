package dev.whiteboard.benchmarks.designs.image.storage;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.util.concurrent.Striped;
import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.partitioning.Node;
import dev.whiteboard.partitioning.SlotTable;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * Spreads files over storage nodes, two copies of each in different zones.
 *
 * <p><b>Idea.</b> A {@link SlotTable} says which nodes hold a file. If one of them does not answer, a write goes to the next
 * in order, and a read asks the others. When a node joins or is lost, the new table counts at once and a {@link Rebalance}
 * carries out the plan between the tables. Meanwhile reads and writes go on: who asks a holder that has no copy yet, asks
 * the next node.
 *
 * <p><b>Cost.</b> A write is two requests, a read usually one. <b>Thread safety.</b> Safe. Nodes change one after the other.
 */
public final class StorageCluster {
  /** How many nodes hold a file. */
  public static final int COPIES = 2;

  private static final int SLOTS = 1024;

  /** Who holds what. */
  private record View(ImmutableMap<String, StorageNode> nodes, SlotTable<String> table) {}

  /** Told of every new table before it counts, so that a restart knows it. */
  private final Consumer<byte[]> journal;

  private final Striped<Lock> lockById = Striped.lock(1024);

  /** Writers hold it for reading. Who changes the view holds it for writing, so that no writer uses an old one. */
  private final ReentrantReadWriteLock viewLock = new ReentrantReadWriteLock();

  private final LongAdder fallbacks = new LongAdder();
  private volatile View view;

  private StorageCluster(
      Collection<StorageNode> nodes, SlotTable<String> table, Consumer<byte[]> journal) {
    this.journal = journal;
    view = new View(byName(nodes), table);
  }

  /**
   * Creates a cluster of nodes that are empty.
   *
   * @param nodes the nodes, at least two of them, in at least two zones
   * @param journal is told of every new table
   * @throws IllegalArgumentException if there are too few nodes or zones
   */
  public static StorageCluster of(Collection<StorageNode> nodes, Consumer<byte[]> journal) {
    long zones = nodes.stream().map(StorageNode::zone).distinct().count();
    checkArgument(zones >= COPIES, "nodes must be in >= %s zones, were in %s", COPIES, zones);
    SlotTable.Builder<String> table = SlotTable.<String>builder().slots(SLOTS).copies(COPIES);
    nodes.forEach(node -> table.node(member(node)));
    StorageCluster cluster = new StorageCluster(nodes, table.build(), journal);
    journal.accept(cluster.view.table.encode(name -> name));
    return cluster;
  }

  /**
   * Creates the cluster that an earlier process left.
   *
   * @param nodes its nodes
   * @param table what the journal was told last
   * @param journal is told of every new table
   * @throws IllegalArgumentException if the table is damaged or has other nodes
   */
  public static StorageCluster of(
      Collection<StorageNode> nodes, byte[] table, Consumer<byte[]> journal) {
    SlotTable<String> known = SlotTable.decode(table, name -> name);
    Set<String> names = byName(nodes).keySet();
    checkArgument(known.nodes().equals(names), "nodes must be %s, were %s", known.nodes(), names);
    return new StorageCluster(nodes, known, journal);
  }

  /** The names of the nodes that {@code table}, as the journal was told, is about. */
  public static List<Node<String>> members(byte[] table) {
    return SlotTable.<String>decode(table, name -> name).members();
  }

  /**
   * Writes two copies of a file.
   *
   * @param id its number, at least 0
   * @throws StorageUnavailableException if fewer than two nodes take it; copies may be left behind
   */
  public void write(long id, byte[] content) throws IOException {
    viewLock.readLock().lock();
    Lock lock = lockById.get(id);
    lock.lock();
    try {
      View now = view;
      int copies = 0;
      IOException last = null;
      for (String name : now.table.replicas(Xxh3.hash(id), now.nodes.size())) {
        try {
          node(now, name).put(id, content);
          if (++copies == COPIES) {
            return;
          }
        } catch (IOException e) {
          fallbacks.increment();
          last = e;
        }
      }
      throw new StorageUnavailableException("only " + copies + " nodes take files", last);
    } finally {
      lock.unlock();
      viewLock.readLock().unlock();
    }
  }

  /**
   * Reads a file from the first node that has it whole.
   *
   * @return its content; empty if all nodes answer and none has it
   * @throws StorageUnavailableException if a node does not answer, or has it damaged, and no other has it
   */
  public Optional<byte[]> read(long id) throws IOException {
    Optional<byte[]> content = ask(id);
    // While files are carried over, one can go from a node not asked yet to one asked before.
    return content.isPresent() ? content : ask(id);
  }

  private Optional<byte[]> ask(long id) throws IOException {
    View now = view;
    IOException last = null;
    for (String name : candidates(now, id)) {
      try {
        Optional<byte[]> content = node(now, name).get(id);
        if (content.isPresent()) {
          return content;
        }
      } catch (IOException e) {
        last = e;
      }
      fallbacks.increment();
    }
    if (last != null) {
      throw new StorageUnavailableException("no node that answers has the file", last);
    }
    return Optional.empty();
  }

  /** All nodes, those first that should have the file. */
  private static Set<String> candidates(View now, long id) {
    Set<String> names = new LinkedHashSet<>(now.table.replicas(Xxh3.hash(id), COPIES));
    names.addAll(now.nodes.keySet());
    return names;
  }

  /**
   * Removes all copies of a file.
   *
   * @return how many there were
   * @throws StorageUnavailableException if a node does not answer; it may still have one
   */
  public int delete(long id) throws IOException {
    Lock lock = lockById.get(id);
    lock.lock();
    try {
      int copies = 0;
      IOException last = null;
      for (StorageNode node : view.nodes.values()) {
        try {
          copies += node.delete(id) ? 1 : 0;
        } catch (IOException e) {
          last = e;
        }
      }
      if (last != null) {
        throw new StorageUnavailableException("a node may still have the file", last);
      }
      return copies;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds an empty node and carries its share over to it.
   *
   * @return what was planned and done
   * @throws IllegalArgumentException if there is a node of that name
   * @throws IOException if a node fails meanwhile; {@link #repair} does the rest
   */
  public synchronized Rebalance.Outcome join(StorageNode node) throws IOException {
    ImmutableMap<String, StorageNode> nodes = ImmutableMap.<String, StorageNode>builder()
        .putAll(view.nodes)
        .put(node.name(), node)
        .buildOrThrow();
    return change(nodes, view.table.with(member(node)));
  }

  /**
   * Gives up a node that is lost, and copies what it had from the others.
   *
   * @return what was planned and done
   * @throws IllegalArgumentException if there is no such node, or two zones would not be left
   * @throws IOException if another node fails meanwhile; {@link #repair} does the rest
   */
  public synchronized Rebalance.Outcome leave(String name) throws IOException {
    Map<String, StorageNode> nodes = new LinkedHashMap<>(view.nodes);
    checkArgument(nodes.remove(name) != null, "name must be that of a node, was %s", name);
    long zones = nodes.values().stream().map(StorageNode::zone).distinct().count();
    checkArgument(zones >= COPIES, "nodes left must be in >= %s zones, were in %s", COPIES, zones);
    return change(ImmutableMap.copyOf(nodes), view.table.without(name));
  }

  private Rebalance.Outcome change(ImmutableMap<String, StorageNode> nodes, SlotTable<String> after)
      throws IOException {
    SlotTable<String> before = view.table;
    journal.accept(after.encode(name -> name));
    show(new View(nodes, after));
    return new Rebalance(nodes, before, after, lockById).run();
  }

  private void show(View next) {
    viewLock.writeLock().lock();
    try {
      view = next;
    } finally {
      viewLock.writeLock().unlock();
    }
  }

  /**
   * Puts every file where it belongs: copies that are missing are made, copies in the wrong place are removed.
   *
   * @return how many copies were made
   * @throws IOException if a node does not answer
   */
  public synchronized long repair() throws IOException {
    View now = view;
    return new Rebalance(now.nodes, now.table, now.table, lockById).run().copied();
  }

  /** The numbers of all files, each once. */
  public Set<Long> ids() throws IOException {
    Set<Long> ids = new LinkedHashSet<>();
    for (StorageNode node : view.nodes.values()) {
      for (long id : node.ids()) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** The nodes, in the order in which they joined. */
  public Collection<StorageNode> nodes() {
    return view.nodes.values();
  }

  /** The names of the nodes that should hold a file, in order. */
  public List<String> holders(long id) {
    return view.table.replicas(Xxh3.hash(id), COPIES);
  }

  /** How often a node had to stand in for another, on writes and on reads. */
  public long fallbacks() {
    return fallbacks.sum();
  }

  private static StorageNode node(View view, String name) {
    StorageNode node = view.nodes.get(name);
    checkState(node != null, "no storage node %s", name);
    return node;
  }

  private static Node<String> member(StorageNode node) {
    return Node.of(node.name()).inZone(node.zone());
  }

  private static ImmutableMap<String, StorageNode> byName(Collection<StorageNode> nodes) {
    return requireNonNull(nodes, "nodes").stream()
        .collect(ImmutableMap.toImmutableMap(StorageNode::name, node -> node));
  }
}
