package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.base.Ticker;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;

/** Three Java processes and this one at a database server. Only the clocks are not real. */
@Timeout(120)
class NodeLeaseProcessTest {
  /** A process, and what it says. */
  private record Holder(Process process, BufferedReader output) {
    int node() throws IOException {
      String[] nodeAndToken = output.readLine().split(" ", 2);
      assertEquals("1", nodeAndToken[1]);
      return Integer.parseInt(nodeAndToken[0]);
    }

    String pass(Duration time) throws IOException {
      process.outputWriter().write(time.toMillis() + "\n");
      process.outputWriter().flush();
      return output.readLine();
    }
  }

  private final TestClocks clocks = new TestClocks();
  private final List<Holder> holders = new ArrayList<>();
  private Server server;
  private String url;

  @BeforeEach
  void start() throws Exception {
    server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    url = "jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:processes;DB_CLOSE_DELAY=-1";
    for (int i = 0; i < 3; i++) {
      Process process = new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx64m",
              "-cp",
              classPath(),
              NodeLeaseProcess.class.getName(),
              url,
              "3")
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      holders.add(new Holder(process, process.inputReader()));
    }
  }

  @AfterEach
  void stop() throws SQLException {
    holders.forEach(holder -> holder.process().destroyForcibly());
    new TestDatabase(url).close();
    server.stop();
  }

  private static String classPath() throws IOException {
    List<String> places = new ArrayList<>();
    for (Class<?> each : List.of(
        NodeLeaseProcess.class, NodeLease.class, Ticker.class, Logger.class, Server.class)) {
      String name = "/" + each.getName().replace('.', '/') + ".class";
      URL url = each.getResource(name);
      URLConnection connection = url.openConnection();
      places.add(
          connection instanceof JarURLConnection jar
              ? Path.of(URI.create(jar.getJarFileURL().toString())).toString()
              : Path.of(URI.create(url.toString().replace(name, "/"))).toString());
    }
    return places.stream().collect(Collectors.joining(java.io.File.pathSeparator));
  }

  private NodeLease lease() {
    return NodeLease.builder(new TestDatabase(url).source())
        .nodes(3)
        .clock(clocks)
        .ticker(clocks)
        .build();
  }

  @Test
  void acquire_threeProcesses_oneKilledOneLeavingOneAsleep() throws Exception {
    int killed = holders.get(0).node();
    int leaving = holders.get(1).node();
    int asleep = holders.get(2).node();
    assertEquals(List.of(0, 1, 2), Stream.of(killed, leaving, asleep).sorted().toList());

    holders.get(0).process().destroyForcibly().waitFor();
    assertEquals("true true", holders.get(1).pass(Duration.ofSeconds(20)));
    assertEquals("true true", holders.get(2).pass(Duration.ofSeconds(20)));
    clocks.advance(Duration.ofSeconds(32).minusMillis(1));
    assertThrows(IllegalStateException.class, () -> lease().acquire());
    clocks.advance(Duration.ofMillis(1));
    assertTakes(killed);

    holders.get(1).process().outputWriter().close();
    assertEquals(0, holders.get(1).process().waitFor());
    assertTakes(leaving);

    clocks.advance(Duration.ofSeconds(20));
    assertTakes(asleep);
    assertEquals("false false", holders.get(2).pass(Duration.ofSeconds(32)));
  }

  private void assertTakes(int node) throws SQLException {
    NodeLease successor = lease();
    assertEquals(node, successor.acquire());
    assertEquals(2, successor.fencingToken());
  }
}
