package dev.whiteboard.benchmarks.designs.image;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.whiteboard.benchmarks.designs.OpenLoop;
import dev.whiteboard.benchmarks.designs.http.Loopback;
import dev.whiteboard.ratelimit.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/**
 * What runs that measure the image service have in common: a system in a folder that goes with it, and clients who share
 * connections. Nothing waits for the disk, and no thumbnails are made.
 */
final class ImageRig implements AutoCloseable {
  /** A limit that nobody reaches. */
  static final Limit NO_LIMIT = Limit.perSecond(1_000_000);

  final ImageSystem system;
  final ImageClients clients;
  private final CloseableHttpClient http = Loopback.client(OpenLoop.CLIENTS);
  private final Path folder = Files.createTempDirectory("whiteboard-images");

  /** Starts a system, with what the run sets besides. */
  ImageRig(UnaryOperator<ImageSystemBuilder> settings) throws IOException, SQLException {
    system = settings
        .apply(ImageSystem.builder(folder)
            .forced(false)
            .thumbnails(false)
            .jdbcUrl("jdbc:h2:file:" + folder.resolve("images")) // commits do not wait for the disk
            .passwordIterations(1))
        .start();
    clients = new ImageClients(system, http);
  }

  /** Clients who do not wait for one another. */
  OpenLoop load(long seed) {
    return new OpenLoop(http, random(seed));
  }

  static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  @Override
  public void close() throws IOException {
    http.close();
    system.close();
    MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
  }
}
