package dev.whiteboard.benchmarks.designs.image.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.benchmarks.designs.http.Loopback;
import dev.whiteboard.benchmarks.designs.http.Server;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four storage nodes over HTTP, two in each of two zones; nodes join and are lost. */
class StorageClusterTest {
  private static final String KEY = "the cluster's key";
  private static final int FILES = 100;

  @TempDir
  Path folder;

  private final CloseableHttpClient client = Loopback.client(8);
  private final Map<String, StorageServer> servers = new HashMap<>();
  private final AtomicReference<byte[]> journal = new AtomicReference<>(new byte[0]);
  private StorageCluster cluster;

  @BeforeEach
  void start() throws IOException {
    List<StorageNode> nodes = new ArrayList<>();
    nodes.add(node("n1", "a"));
    nodes.add(node("n2", "b"));
    nodes.add(node("n3", "a"));
    nodes.add(node("n4", "b"));
    cluster = StorageCluster.of(nodes, journal::set);
  }

  @AfterEach
  void stop() {
    servers.values().forEach(StorageServer::close);
  }

  private StorageNode node(String name, String zone) throws IOException {
    StorageServer server =
        StorageServer.start(folder.resolve(name), false, KEY, Server.builder(name));
    servers.put(name, server);
    return new StorageNode(name, zone, server.uri(), client, KEY);
  }

  private static byte[] content(long id) {
    return ByteBuffer.allocate(16).putLong(id).putLong(~id).array();
  }

  private void fill() throws IOException {
    for (long id = 0; id < FILES; id++) {
      cluster.write(id, content(id));
    }
  }

  private void allAreThereTwiceInTwoZones() throws IOException {
    Map<Long, List<StorageNode>> places = new HashMap<>();
    for (StorageNode node : cluster.nodes()) {
      for (long id : node.ids()) {
        places.computeIfAbsent(id, none -> new ArrayList<>()).add(node);
        assertArrayEquals(content(id), node.get(id).orElseThrow());
        assertTrue(cluster.holders(id).contains(node.name()));
      }
    }
    assertEquals(FILES, places.size());
    places.forEach((id, nodes) -> {
      assertEquals(2, nodes.size());
      assertEquals(2, nodes.stream().map(StorageNode::zone).distinct().count());
    });
  }

  @Test
  void write_everyFile_isThereTwiceInTwoZones() throws IOException {
    fill();
    allAreThereTwiceInTwoZones();
    assertArrayEquals(content(5), cluster.read(5).orElseThrow());
    assertEquals(Optional.empty(), cluster.read(FILES));
  }

  @Test
  void read_whileANodeIsAway_asksTheOther() throws IOException {
    fill();
    servers.get("n1").close();
    for (long id = 0; id < FILES; id++) {
      assertArrayEquals(content(id), cluster.read(id).orElseThrow());
    }
    assertTrue(cluster.fallbacks() > 0);
  }

  @Test
  void write_whileANodeIsAway_goesToAnotherAndComesHomeLater() throws IOException {
    servers.get("n1").close();
    fill();
    StorageNode back = node("n1", "a");
    StorageCluster again = StorageCluster.of(
        cluster.nodes().stream()
            .map(old -> old.name().equals("n1") ? back : old)
            .toList(),
        journal.get(),
        journal::set);
    cluster = again;
    assertTrue(again.repair() > 0);
    allAreThereTwiceInTwoZones();
    assertEquals(0, again.repair());
  }

  @Test
  void read_damagedCopy_isTheOtherAndIsRepaired() throws IOException {
    fill();
    String holder = cluster.holders(3).get(0);
    try (Stream<Path> all = Files.walk(folder.resolve(holder))) {
      Files.write(all.filter(path -> path.endsWith("3")).findFirst().orElseThrow(), new byte[48]);
    }
    assertArrayEquals(content(3), cluster.read(3).orElseThrow());
    assertEquals(1, cluster.repair());
    allAreThereTwiceInTwoZones();
  }

  @Test
  void join_movesWhatThePlanSays_andNothingElse() throws IOException {
    fill();
    Rebalance.Outcome outcome = cluster.join(node("n5", "a"));
    allAreThereTwiceInTwoZones();
    assertEquals(FILES, outcome.files());
    assertEquals(0, outcome.lost());
    assertTrue(outcome.plan().movedCopies() > 0);
    // Each copy moves or not: 4σ of a binomial.
    double share = outcome.plan().share();
    double sigma = Math.sqrt(FILES * 2 * share * (1 - share));
    assertEquals(outcome.predicted(), (double) outcome.copied(), 4 * sigma);
  }

  @Test
  void leave_lostNode_losesNothing() throws IOException {
    fill();
    servers.get("n2").close();
    Rebalance.Outcome outcome = cluster.leave("n2");
    allAreThereTwiceInTwoZones();
    assertEquals(0, outcome.lost());
    double share = outcome.plan().share();
    double sigma = Math.sqrt(FILES * 2 * share * (1 - share));
    assertEquals(outcome.predicted(), (double) outcome.copied(), 4 * sigma);
  }

  @Test
  void joinAndLeave_underLoad_everyReadSucceedsAndNothingIsLost() throws Exception {
    fill();
    AtomicBoolean done = new AtomicBoolean();
    ConcurrentLinkedQueue<Long> written = new ConcurrentLinkedQueue<>();
    Executor threads = task -> new Thread(task).start(); // the common pool may have a single one
    CompletableFuture<Long> reads = CompletableFuture.supplyAsync(
        () -> {
          long count = 0;
          while (!done.get()) {
            read(count++ % FILES);
          }
          return count;
        },
        threads);
    CompletableFuture<Void> writes = CompletableFuture.runAsync(
        () -> {
          for (long id = FILES; !done.get(); id++) {
            write(id);
            written.add(id);
          }
        },
        threads);
    cluster.join(node("n5", "b"));
    servers.get("n4").close();
    assertEquals(0, cluster.leave("n4").lost());
    done.set(true);
    assertTrue(reads.get() > 0);
    writes.get();
    assertTrue(!written.isEmpty());
    for (long id : written) {
      read(id);
    }
    assertEquals(FILES + written.size(), cluster.ids().size());
  }

  private void read(long id) {
    try {
      assertArrayEquals(content(id), cluster.read(id).orElseThrow());
    } catch (IOException e) {
      throw new AssertionError("file " + id, e);
    }
  }

  private void write(long id) {
    try {
      cluster.write(id, content(id));
    } catch (IOException e) {
      throw new AssertionError("file " + id, e);
    }
  }

  @Test
  void delete_removesBothCopies() throws IOException {
    cluster.write(1, content(1));
    assertEquals(2, cluster.delete(1));
    assertEquals(0, cluster.delete(1));
    assertEquals(Optional.empty(), cluster.read(1));
  }

  @Test
  void delete_whileANodeIsAway_saysSo() throws IOException {
    cluster.write(1, content(1));
    servers.get(cluster.holders(1).get(0)).close();
    Exception e = assertThrows(StorageUnavailableException.class, () -> cluster.delete(1));
    assertEquals("a node may still have the file", e.getMessage());
  }

  @Test
  void write_whenOneNodeIsLeft_isRefused() {
    List.of("n1", "n2", "n3").forEach(name -> servers.get(name).close());
    Exception e =
        assertThrows(StorageUnavailableException.class, () -> cluster.write(1, content(1)));
    assertEquals("only 1 nodes take files", e.getMessage());
  }

  @Test
  void of_journal_hasTheSameHolders() throws IOException {
    cluster.join(node("n5", "a"));
    StorageCluster again = StorageCluster.of(cluster.nodes(), journal.get(), next -> {});
    for (long id = 0; id < FILES; id++) {
      assertEquals(cluster.holders(id), again.holders(id));
    }
  }

  @Test
  void change_wrongNodes_isRefused() throws IOException {
    StorageNode known = cluster.nodes().iterator().next();
    Exception twice = assertThrows(IllegalArgumentException.class, () -> cluster.join(known));
    assertTrue(twice.getMessage().contains("n1"), twice.getMessage());
    Exception unknown = assertThrows(IllegalArgumentException.class, () -> cluster.leave("n9"));
    assertEquals("name must be that of a node, was n9", unknown.getMessage());
    cluster.leave("n1");
    Exception zones = assertThrows(IllegalArgumentException.class, () -> cluster.leave("n3"));
    assertEquals("nodes left must be in >= 2 zones, were in 1", zones.getMessage());
    assertEquals(3, new HashSet<>(cluster.nodes()).size());
  }

  @Test
  void request_withoutTheKey_isRefused() {
    StorageNode stranger =
        new StorageNode("n1", "a", servers.get("n1").uri(), client, "another key");
    IOException e = assertThrows(IOException.class, stranger::ids);
    assertTrue(e.getMessage().startsWith("n1 answered 401: "), e.getMessage());
  }
}
