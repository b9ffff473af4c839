package dev.whiteboard.benchmarks.cli;

import dev.whiteboard.benchmarks.designs.image.ImageSystem;
import dev.whiteboard.benchmarks.designs.image.ImageSystemBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    description = {
      "Run the image service for people: write service, retrieval service, storage nodes and a page.",
      "It listens on the loopback address alone, and what it keeps outlives it. Ctrl-C stops it."
    })
final class ServeCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The page's port; 0 takes any that is free. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "whiteboard-images",
      description = "Where everything is kept. Default: ${DEFAULT-VALUE}.")
  private Path data = Path.of("");

  @Option(
      names = "--jdbc",
      paramLabel = "URL",
      description = "Another database for users and images than the H2 database in DIR.")
  private Optional<String> jdbcUrl = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new UserError("--port must be in [0, 65535], was " + port);
    }
    if (Files.exists(data) && !Files.isDirectory(data)) {
      throw new UserError("--data " + data + " is a file: name a folder");
    }
    // A line for each request but plain reads, and what an operator must know.
    System.setProperty("org.slf4j.simpleLogger.log.dev.whiteboard.benchmarks.designs", "info");
    ImageSystem system = start();
    system.pageUri().ifPresent(uri -> say("page       " + uri + "/"));
    say("metrics    " + system.writeUri() + "/metrics");
    say("data       " + data.toAbsolutePath());
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(system, stopped)));
    stopped.await();
    return 0;
  }

  private ImageSystem start() {
    ImageSystemBuilder builder = ImageSystem.builder(data).page(port);
    jdbcUrl.ifPresent(builder::jdbcUrl);
    try {
      return builder.start();
    } catch (IOException | SQLException | RuntimeException e) {
      throw new UserError(
          "cannot start: " + e.getMessage()
              + " (is the port free, is DIR in use, is the URL right?)",
          e);
    }
  }

  private void stop(ImageSystem system, CountDownLatch stopped) {
    try {
      system.close();
    } catch (IOException e) {
      spec.commandLine().getErr().println("whiteboard: " + e.getMessage());
    }
    stopped.countDown();
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
