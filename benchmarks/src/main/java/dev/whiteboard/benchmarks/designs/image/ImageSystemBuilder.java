package dev.whiteboard.benchmarks.designs.image;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import dev.whiteboard.benchmarks.designs.image.records.Passwords;
import dev.whiteboard.caching.EvictionPolicy;
import dev.whiteboard.ratelimit.Limit;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** Describes an {@link ImageSystem}; every setting but the folder has a default. */
public final class ImageSystemBuilder {
  final Path data;
  Optional<String> jdbcUrl = Optional.empty();
  OptionalInt pagePort = OptionalInt.empty();
  int nodes = 4;
  boolean forced = true;
  boolean thumbnails = true;
  int maxBytes = 10_000_000;
  long cacheBytes = 64L << 20;
  EvictionPolicy policy = EvictionPolicy.adaptive();
  int cacheSegments = 8;
  Limits.Settings limits = Limits.Settings.DEFAULT;
  Duration retention = Duration.ofDays(5 * 365);
  Duration timeout = Duration.ofSeconds(30);
  int passwordIterations = Passwords.DEFAULT_ITERATIONS;
  InstantSource clock = InstantSource.system();
  Ticker ticker = Ticker.systemTicker();
  RandomGenerator random = new SecureRandom();

  ImageSystemBuilder(Path data) {
    this.data = requireNonNull(data, "data").toAbsolutePath();
  }

  /** Sets the database; unless set, an H2 database in the folder. */
  public ImageSystemBuilder jdbcUrl(String url) {
    jdbcUrl = Optional.of(url);
    return this;
  }

  /**
   * Adds the page for people, which is also one door to all servers.
   *
   * @param port in [0, 65535], 0 being any that is free
   * @throws IllegalArgumentException if {@code port} is out of range
   */
  public ImageSystemBuilder page(int port) {
    checkArgument(port >= 0 && port <= 65_535, "port must be in [0, 65535], was %s", port);
    pagePort = OptionalInt.of(port);
    return this;
  }

  /**
   * Sets how many storage nodes there are at first, by turns in the zones a and b; 4 unless set. A folder that has been used
   * keeps its nodes.
   *
   * @param nodes in [2, 100]
   * @throws IllegalArgumentException if {@code nodes} is out of range
   */
  public ImageSystemBuilder nodes(int nodes) {
    checkArgument(nodes >= 2 && nodes <= 100, "nodes must be in [2, 100], was %s", nodes);
    this.nodes = nodes;
    return this;
  }

  /** Sets whether an upload waits until the disks have it: without, it survives the process, but not the power. */
  public ImageSystemBuilder forced(boolean forced) {
    this.forced = forced;
    return this;
  }

  /** Sets whether thumbnails are made as images come; if not, only {@link ImageSystem#makeThumbnails} does. */
  public ImageSystemBuilder thumbnails(boolean thumbnails) {
    this.thumbnails = thumbnails;
    return this;
  }

  /**
   * Sets the longest image; 10 MB unless set.
   *
   * @param maxBytes in [1, 64 MiB]
   * @throws IllegalArgumentException if {@code maxBytes} is out of range
   */
  public ImageSystemBuilder maxBytes(int maxBytes) {
    checkArgument(
        maxBytes >= 1 && maxBytes <= 64 << 20, "maxBytes must be in [1, 64 MiB], was %s", maxBytes);
    this.maxBytes = maxBytes;
    return this;
  }

  /**
   * Sets how much the retrieval service caches: the bytes of images, and 500 for each. 64 MiB unless set.
   *
   * @param cacheBytes at least 0
   * @param policy who leaves a full cache; adaptive unless set
   * @throws IllegalArgumentException if {@code cacheBytes} is negative
   */
  public ImageSystemBuilder cache(long cacheBytes, EvictionPolicy policy) {
    checkArgument(cacheBytes >= 0, "cacheBytes must be >= 0, was %s", cacheBytes);
    this.cacheBytes = cacheBytes;
    this.policy = requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Sets how many segments the cache has: threads that write to different ones do not wait for each other, but each lets its
   * own last entry go, not the last of all.
   *
   * @param segments a power of two from 1 to 1024; 8 unless set
   * @throws IllegalArgumentException if {@code segments} is out of range
   */
  public ImageSystemBuilder cacheSegments(int segments) {
    checkArgument(
        segments >= 1 && segments <= 1024 && Integer.bitCount(segments) == 1,
        "segments must be a power of two in [1, 1024], was %s",
        segments);
    cacheSegments = segments;
    return this;
  }

  /** Sets how much may be uploaded for each user, and read and signed in from each address. */
  public ImageSystemBuilder limits(Limit uploads, Limit reads, Limit signIns) {
    limits = new Limits.Settings(uploads, reads, signIns);
    return this;
  }

  /** Sets how long images are kept; five years unless set. */
  public ImageSystemBuilder retention(Duration retention) {
    this.retention = requireNonNull(retention, "retention");
    return this;
  }

  /** Sets how long a request may take; 30 seconds unless set. */
  public ImageSystemBuilder timeout(Duration timeout) {
    this.timeout = requireNonNull(timeout, "timeout");
    return this;
  }

  /** Sets how slowly passwords are hashed. */
  public ImageSystemBuilder passwordIterations(int iterations) {
    checkArgument(iterations >= 1, "iterations must be >= 1, was %s", iterations);
    passwordIterations = iterations;
    return this;
  }

  /** Sets the time of day, elapsed time, and where tokens, keys and salts come from. */
  public ImageSystemBuilder sources(InstantSource clock, Ticker ticker, RandomGenerator random) {
    this.clock = requireNonNull(clock, "clock");
    this.ticker = requireNonNull(ticker, "ticker");
    this.random = requireNonNull(random, "random");
    return this;
  }

  /**
   * Recovers what an earlier process left, and starts all servers.
   *
   * @throws IOException if the folder or a port cannot be used
   * @throws SQLException if the database cannot
   */
  public ImageSystem start() throws IOException, SQLException {
    return new ImageSystem(this);
  }
}
