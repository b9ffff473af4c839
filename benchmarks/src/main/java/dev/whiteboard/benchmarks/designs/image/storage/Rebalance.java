package dev.whiteboard.benchmarks.designs.image.storage;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.Striped;
import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.partitioning.RebalancePlan;
import dev.whiteboard.partitioning.SlotTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;

/**
 * Carries out the plan between two tables: copies what new holders lack, then removes what is no longer theirs.
 *
 * <p>It starts from what the nodes have, not from what they should have: so it also makes copies good that a node lost, and
 * brings home those that another node took while their own did not answer. A copy is removed only when all holders have
 * theirs.
 */
public final class Rebalance {
  /**
   * What came out.
   *
   * @param plan what was to move
   * @param files how many files there were
   * @param copied how many copies were made; the plan's prediction is {@code files * copies * plan.share()}
   * @param lost files that no node could give: 0 unless two nodes fail at once
   */
  public record Outcome(RebalancePlan<String> plan, long files, long copied, long lost) {
    /** How many copies the plan says will be made. */
    public double predicted() {
      return files * plan.share() * StorageCluster.COPIES;
    }
  }

  private final Map<String, StorageNode> nodes;
  private final SlotTable<String> after;
  private final RebalancePlan<String> plan;
  private final Striped<Lock> lockById;
  private long copied;
  private long lost;

  Rebalance(
      Map<String, StorageNode> nodes,
      SlotTable<String> before,
      SlotTable<String> after,
      Striped<Lock> lockById) {
    this.nodes = nodes;
    this.after = after;
    plan = RebalancePlan.between(before, after, StorageCluster.COPIES);
    this.lockById = lockById;
  }

  Outcome run() throws IOException {
    Map<Long, Set<String>> placesById = placesById();
    for (Map.Entry<Long, Set<String>> file : placesById.entrySet()) {
      settle(file.getKey(), file.getValue());
    }
    return new Outcome(plan, placesById.size(), copied, lost);
  }

  /** Which nodes have each file. Equal sets are one object, for there may be many files. */
  private Map<Long, Set<String>> placesById() throws IOException {
    Map<Set<String>, Set<String>> shared = new HashMap<>();
    Map<Long, Set<String>> placesById = new TreeMap<>();
    for (StorageNode node : nodes.values()) {
      for (long id : node.ids()) {
        Set<String> places = new LinkedHashSet<>(placesById.getOrDefault(id, Set.of()));
        places.add(node.name());
        placesById.put(id, requireNonNull(shared.computeIfAbsent(places, same -> same)));
      }
    }
    return placesById;
  }

  private void settle(long id, Set<String> places) throws IOException {
    List<String> holders = after.replicas(Xxh3.hash(id), StorageCluster.COPIES);
    if (places.size() == holders.size() && places.containsAll(holders)) {
      return;
    }
    // The lock keeps out a delete between the reading and the writing, which would bring the file
    // back.
    Lock lock = lockById.get(id);
    lock.lock();
    try {
      for (String holder : holders) {
        if (!places.contains(holder) && !copy(id, places, holder)) {
          return;
        }
      }
      for (String place : places) {
        if (!holders.contains(place)) {
          node(place).delete(id);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether a node could give the file. */
  private boolean copy(long id, Set<String> places, String holder) throws IOException {
    Optional<byte[]> content = Optional.empty();
    boolean failed = false;
    for (String place : places) {
      try {
        content = node(place).get(id);
      } catch (IOException e) {
        failed = true;
      }
      if (content.isPresent()) {
        node(holder).put(id, content.get());
        copied++;
        return true;
      }
    }
    // A file that no node has any more was deleted meanwhile.
    lost += failed ? 1 : 0;
    return false;
  }

  private StorageNode node(String name) {
    return requireNonNull(nodes.get(name), name);
  }
}
