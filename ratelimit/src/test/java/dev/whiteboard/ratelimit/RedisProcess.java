package dev.whiteboard.ratelimit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;
import redis.clients.jedis.Jedis;

/** A Redis server of its own, on a free port and without persistence. Tests are skipped where it cannot run. */
final class RedisProcess implements AutoCloseable {
  private static final Map<String, String> SYSTEMS = Map.of("linux", "linux", "mac", "darwin");
  private static final Map<String, String> PROCESSORS = Map.of(
      "amd64", "amd64", "x86_64", "amd64", "aarch64", "arm64", "arm64", "arm64", "i386", "386");

  private final Path folder;
  private final int port;
  private final Thread stopAtExit = new Thread(this::stop);
  private Process process;

  private RedisProcess(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    Runtime.getRuntime().addShutdownHook(stopAtExit);
    process = launch();
  }

  static RedisProcess start() {
    String name = "redis-server-7.0.15-" + platform();
    try (InputStream program = RedisProcess.class.getClassLoader().getResourceAsStream(name)) {
      if (program == null) {
        throw new TestAbortedException("no Redis for this platform: " + name);
      }
      Path folder = Files.createTempDirectory("redis");
      Files.copy(program, folder.resolve("redis-server"), StandardCopyOption.REPLACE_EXISTING);
      if (!folder.resolve("redis-server").toFile().setExecutable(true)) {
        throw new IOException("no permission to execute " + folder);
      }
      return new RedisProcess(folder, freePort());
    } catch (IOException e) {
      throw new TestAbortedException("Redis cannot start: " + e, e);
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceFirst(" .*", "");
    return SYSTEMS.getOrDefault(system, system)
        + "-"
        + PROCESSORS.getOrDefault(System.getProperty("os.arch"), "unknown");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Returns once the server says that it is ready. */
  private Process launch() throws IOException {
    Process launched = new ProcessBuilder(
            folder.resolve("redis-server").toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            folder.toString())
        .redirectErrorStream(true)
        .start();
    BufferedReader output = launched.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.contains("Ready to accept connections")) {
        return launched;
      }
      said.append(line).append('\n');
    }
    throw new IOException("Redis has ended at once: " + said);
  }

  int port() {
    return port;
  }

  Jedis connect() {
    return new Jedis("127.0.0.1", port);
  }

  /** Nothing is left of the data or the scripts. */
  void restart() throws IOException {
    stop();
    process = launch();
  }

  void stop() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    Runtime.getRuntime().removeShutdownHook(stopAtExit);
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
