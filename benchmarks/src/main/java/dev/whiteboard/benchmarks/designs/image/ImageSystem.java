package dev.whiteboard.benchmarks.designs.image;

import static com.google.common.base.Preconditions.checkArgument;

import dev.whiteboard.benchmarks.designs.database.Database;
import dev.whiteboard.benchmarks.designs.http.IoThreads;
import dev.whiteboard.benchmarks.designs.http.Loopback;
import dev.whiteboard.benchmarks.designs.http.Server;
import dev.whiteboard.benchmarks.designs.http.ServerBuilder;
import dev.whiteboard.benchmarks.designs.image.records.Accounts;
import dev.whiteboard.benchmarks.designs.image.records.Analytics;
import dev.whiteboard.benchmarks.designs.image.records.Images;
import dev.whiteboard.benchmarks.designs.image.records.Passwords;
import dev.whiteboard.benchmarks.designs.image.records.Settings;
import dev.whiteboard.benchmarks.designs.image.records.Thumbnails;
import dev.whiteboard.benchmarks.designs.image.storage.Rebalance;
import dev.whiteboard.benchmarks.designs.image.storage.StorageCluster;
import dev.whiteboard.benchmarks.designs.image.storage.StorageNode;
import dev.whiteboard.benchmarks.designs.image.storage.StorageServer;
import dev.whiteboard.core.security.SignedLink;
import dev.whiteboard.partitioning.Node;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The image service of the design note: servers that talk HTTP, a database, and folders for files, in one process.
 *
 * <pre>
 *   images  ->  write service  ->  image file storage  ->  retrieval service  ->  client
 *               accounts, limits   two copies of each      cache, limits,
 *               ids, short codes   in different zones      signed links
 * </pre>
 *
 * <p>Everything lies in one folder and outlives the process, however it ends.
 */
public final class ImageSystem implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImageSystem.class);
  private static final String TOPOLOGY = "topology";

  /** As many as threads of the servers that ask storage. */
  private static final int CONNECTIONS = 32;

  private final ImageSystemBuilder settings;
  private final Startup startup = new Startup();
  private final Future<CloseableHttpClient> client =
      startup.begin(() -> Loopback.client(CONNECTIONS));
  private final Future<IoThreads> io = startup.begin(IoThreads::start);
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final String clusterKey;

  /** Who is told of images that change: the retrieval service, when it has started. */
  private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

  private final Map<String, StorageServer> serverByNode = new LinkedHashMap<>();
  private final StorageCluster cluster;
  private final ViewCounts views;
  private final Retention retention;
  private final ThumbnailWorker thumbnails;
  private final ImageWriteServer write;
  private final ImageRetrievalServer retrieval;
  private final Optional<FrontServer> front;

  ImageSystem(ImageSystemBuilder settings) throws IOException, SQLException {
    this.settings = settings;
    clusterKey = HexFormat.of().formatHex(randomBytes(settings.random));
    try {
      Database database = startup.start(() -> Database.open(
          settings.jdbcUrl.orElse("jdbc:h2:file:" + settings.data.resolve("images")
              + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"),
          Images.SCHEMA));
      Settings known = new Settings(database);
      cluster = startStorage(known);
      ImageParts parts = parts(database, known);
      views = new ViewCounts(parts.images(), settings.clock);
      startup.onClose(this::saveViews);
      retention = new Retention(parts, settings.retention);
      LOG.info("recovered: {}", retention.recover());
      thumbnails = new ThumbnailWorker(parts);
      startup.onClose(thumbnails::close);
      retrieval = startup.start(
          () -> new ImageRetrievalServer(parts, views, settings, server("retrieval")));
      listeners.add(retrieval::forget);
      AccountPages accounts = new AccountPages(parts, new Analytics(database));
      write = startup.start(() -> new ImageWriteServer(parts, accounts, server("write")));
      front = settings.pagePort.isPresent()
          ? Optional.of(startFront(settings.pagePort.getAsInt()))
          : Optional.empty();
      schedule();
      if (settings.thumbnails) {
        thumbnails.start();
      }
    } catch (IOException | SQLException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts to describe a system.
   *
   * @param data the folder where everything is kept
   */
  public static ImageSystemBuilder builder(Path data) {
    return new ImageSystemBuilder(data);
  }

  private ServerBuilder server(String name) throws IOException, SQLException {
    return Server.builder(name)
        .io(Startup.await(io))
        .timeout(settings.timeout)
        .behindProxy(settings.pagePort.isPresent())
        .meters(meters)
        .ticker(settings.ticker)
        .quickRoute(
            "GET",
            "/metrics",
            call -> call.text(200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape()));
  }

  private FrontServer startFront(int port) throws IOException, SQLException {
    Board board = new Board(meters, retrieval, cluster);
    return startup.start(() -> new FrontServer(
        write.uri(), retrieval.uri(), board, server("front").behindProxy(false).port(port)));
  }

  private StorageCluster startStorage(Settings known) throws IOException, SQLException {
    Optional<byte[]> topology = known.get(TOPOLOGY);
    List<Node<String>> members = topology
        .map(StorageCluster::members)
        .orElseGet(() -> IntStream.rangeClosed(1, settings.nodes)
            .mapToObj(i -> Node.of("storage-" + i).inZone(i % 2 == 1 ? "a" : "b"))
            .toList());
    List<Future<StorageServer>> begun =
        members.stream().map(member -> beginNode(member.id())).toList();
    List<StorageNode> nodes = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      nodes.add(node(members.get(i).id(), members.get(i).zone(), begun.get(i)));
    }
    return topology
        .map(table -> StorageCluster.of(nodes, table, next -> save(known, next)))
        .orElseGet(() -> StorageCluster.of(nodes, next -> save(known, next)));
  }

  private static void save(Settings known, byte[] table) {
    try {
      known.put(TOPOLOGY, table);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot save who holds what", e);
    }
  }

  private Future<StorageServer> beginNode(String name) {
    return startup.begin(() -> StorageServer.start(
        settings.data.resolve(name), settings.forced, clusterKey, server(name)));
  }

  /** A client of a node, when its server has started. */
  private StorageNode node(String name, String zone, Future<StorageServer> begun)
      throws IOException, SQLException {
    StorageServer server = Startup.await(begun);
    serverByNode.put(name, server);
    return new StorageNode(name, zone, server.uri(), Startup.await(client), clusterKey);
  }

  private ImageParts parts(Database database, Settings known) throws SQLException {
    Images images = new Images(database);
    Accounts accounts = new Accounts(
        database,
        new Passwords(settings.passwordIterations, settings.random),
        settings.random,
        settings.clock);
    SignedLink links = SignedLink.builder()
        .key("1", secret(known, "link-key"))
        .clock(settings.clock)
        .build();
    Thumbnails thumbnailRows = new Thumbnails(database);
    ThumbnailJobs jobs = new ThumbnailJobs(database, thumbnailRows, settings.clock);
    Codes codes = new Codes(1, secret(known, "code-key"), settings.clock, settings.ticker);
    return new ImageParts(
        images,
        thumbnailRows,
        jobs,
        accounts,
        cluster,
        new Archive(images, cluster, jobs::enqueue, this::forget),
        new Access(accounts, links),
        new Limits(settings.limits, settings.ticker),
        codes,
        settings.clock,
        settings.maxBytes,
        this::forget);
  }

  private void forget(long id) {
    listeners.forEach(listener -> listener.accept(id));
  }

  /** A key that is drawn once and then known for ever. */
  private byte[] secret(Settings known, String name) throws SQLException {
    Optional<byte[]> key = known.get(name);
    if (key.isPresent()) {
      return key.get();
    }
    byte[] drawn = randomBytes(settings.random);
    known.put(name, drawn);
    return drawn;
  }

  private static byte[] randomBytes(RandomGenerator random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }

  private void schedule() {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    startup.onClose(() -> stop(timer));
    repeat(timer, Duration.ofSeconds(5), "counting views", () -> {
      views.flush();
      return "";
    });
    repeat(timer, Duration.ofHours(1), "sweeping", retention::sweep);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it ends with the timer, and failures are logged
  private static void repeat(
      ScheduledExecutorService timer, Duration period, String what, Callable<Object> task) {
    Runnable logged = () -> {
      try {
        LOG.debug("{}: {}", what, task.call());
      } catch (Exception e) {
        LOG.warn("{} failed", what, e);
      }
    };
    timer.scheduleWithFixedDelay(
        logged, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void stop(ScheduledExecutorService timer) {
    timer.shutdown(); // what it is at may be writing to the database
    try {
      timer.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The views of the last moments, when no server counts any more. */
  private void saveViews() throws IOException {
    try {
      views.flush();
    } catch (SQLException e) {
      throw new IOException("cannot save views", e);
    }
  }

  /** Where images are written. */
  public URI writeUri() {
    return write.uri();
  }

  /** Where images are read. */
  public URI retrievalUri() {
    return retrieval.uri();
  }

  /** The page for people, if there is one. */
  public Optional<URI> pageUri() {
    return front.map(FrontServer::uri);
  }

  /** The storage. */
  public StorageCluster storage() {
    return cluster;
  }

  /** How many reads found their image in the cache, or waited for another that loads it, since the start. */
  public long cacheHits() {
    return retrieval.hits();
  }

  /** How many reads had to load it. */
  public long cacheMisses() {
    return retrieval.misses();
  }

  /**
   * Starts a storage node and carries its share of the files over, while requests go on.
   *
   * @return what was planned and done
   * @throws IllegalArgumentException if there is a node of that name
   */
  public synchronized Rebalance.Outcome addNode(String name, String zone)
      throws IOException, SQLException {
    checkArgument(!serverByNode.containsKey(name), "name must be new, was %s", name);
    return cluster.join(node(name, zone, beginNode(name)));
  }

  /** Stops a storage node for good or ill, as if its machine had failed. Reads and writes go to the others. */
  public synchronized void stopNode(String name) {
    StorageServer server = serverByNode.get(name);
    checkArgument(server != null, "name must be that of a node, was %s", name);
    server.close();
  }

  /**
   * Stops a storage node, gives it up, and makes new copies of what it had, while requests go on.
   *
   * @return what was planned and done
   * @throws IllegalArgumentException if there is no such node, or two zones would not be left
   */
  public synchronized Rebalance.Outcome loseNode(String name) throws IOException {
    stopNode(name);
    Rebalance.Outcome outcome = cluster.leave(name);
    serverByNode.remove(name);
    return outcome;
  }

  /** Removes what is older than the retention, and what a failure has left. */
  public String sweep() throws IOException, SQLException {
    return retention.sweep().toString();
  }

  /** Adds the views that were counted to the database now. */
  public void flushViews() throws SQLException {
    views.flush();
  }

  /** Makes the thumbnails that are due now. */
  public void makeThumbnails() {
    thumbnails.makeDue();
  }

  /** Stops the servers, the last one first, each when its requests have been answered. */
  @Override
  public void close() throws IOException {
    startup.close();
  }
}
