package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.core.hash.Xxh3;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Readers take what a writer publishes without any synchronisation: final fields alone must keep them from seeing a table
 * half built. The readers' only volatile reads are of a flag that is written at the end.
 */
@Timeout(60)
class SlotTableStressTest {
  private static final int READERS = 2;

  /** How many publications each reader must have met. */
  private static final int MEETINGS = 50;

  /** Plain on purpose: this is the data race. */
  private static final class Racy<P> {
    P partitioner;

    Racy(P partitioner) {
      this.partitioner = partitioner;
    }
  }

  private interface Change<P> {
    P apply(P partitioner);
  }

  @Test
  void slotTableInAPlainField_isNeverSeenHalfBuilt() throws Exception {
    SlotTable<String> first = SlotTable.<String>builder()
        .slots(64)
        .copies(2)
        .nodes(List.of(Node.of("a"), Node.of("b"), Node.of("c")))
        .build();
    race(first, old -> old.nodes().contains("d") ? old.without("d") : old.with(Node.of("d")));
  }

  @Test
  void hashRingInAPlainField_isNeverSeenHalfBuilt() throws Exception {
    HashRing<String> first = HashRing.<String>builder()
        .virtualNodes(4)
        .nodes(List.of(Node.of("a"), Node.of("b"), Node.of("c")))
        .build();
    race(first, old -> old.nodes().contains("d") ? old.without("d") : old.with(Node.of("d")));
  }

  private static <P extends Partitioner<String>> void race(P first, Change<P> change)
      throws Exception {
    Racy<P> racy = new Racy<>(first);
    AtomicBoolean running = new AtomicBoolean(true);
    List<AtomicInteger> met = new ArrayList<>();
    List<Future<?>> readers = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(READERS);
    try {
      for (int i = 0; i < READERS; i++) {
        AtomicInteger meetings = new AtomicInteger();
        met.add(meetings);
        readers.add(pool.submit(() -> read(racy, running, meetings)));
      }
      while (met.stream().anyMatch(meetings -> meetings.get() < MEETINGS)
          && readers.stream().noneMatch(Future::isDone)) {
        racy.partitioner = change.apply(racy.partitioner);
      }
      running.set(false);
      for (Future<?> reader : readers) {
        reader.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static <P extends Partitioner<String>> void read(
      Racy<P> racy, AtomicBoolean running, AtomicInteger meetings) {
    P last = null;
    for (long key = 0; running.get(); key++) {
      P seen = racy.partitioner;
      check(seen, Xxh3.hash(key));
      if (seen != last) {
        meetings.incrementAndGet();
      }
      last = seen;
    }
  }

  private static void check(Partitioner<String> seen, long hash) {
    String owner = seen.locate(hash);
    Set<String> nodes = seen.nodes();
    assertTrue(nodes.contains(owner), () -> owner + " is not in " + nodes);
    assertEquals(nodes.contains("d") ? 4 : 3, seen.members().size());
    List<String> two = seen.replicas(hash, 2);
    assertEquals(owner, two.get(0));
    assertTrue(nodes.containsAll(two), () -> two + " are not in " + nodes);
    if (seen instanceof SlotTable<String> table) {
      assertEquals(owner, table.ownerOf(table.slotOf(hash)));
      assertEquals(3, table.replicas(hash, 3).size());
    }
  }
}
