package dev.whiteboard.benchmarks.designs.image;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableMap;
import com.google.common.math.Quantiles;
import com.google.gson.JsonObject;
import dev.whiteboard.benchmarks.designs.OpenLoop.Result;
import dev.whiteboard.benchmarks.designs.Outcome;
import dev.whiteboard.benchmarks.designs.Prediction;
import dev.whiteboard.benchmarks.designs.http.Reply;
import dev.whiteboard.benchmarks.designs.image.storage.Rebalance;
import dev.whiteboard.benchmarks.designs.image.storage.StorageCluster;
import dev.whiteboard.benchmarks.designs.image.storage.StorageNode;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.traces.ZipfSampler;
import dev.whiteboard.caching.EvictionPolicy;
import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.estimation.Component;
import dev.whiteboard.estimation.ComponentKind;
import dev.whiteboard.estimation.ComponentLoad;
import dev.whiteboard.estimation.Design;
import dev.whiteboard.estimation.LruHitRatio;
import dev.whiteboard.estimation.Zipf;
import dev.whiteboard.estimation.designs.Designs;
import dev.whiteboard.ratelimit.Limit;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.hc.core5.http.ClassicHttpRequest;

/**
 * Estimates the image service, runs it with all its servers under a seeded load over HTTP, and compares.
 *
 * <p>The scale is small, so that it runs in a minute on one machine: twelve seconds of uploads at 100 a second, then fifteen
 * seconds of reads at 2,000 a second, images of 4 KB on average. Then a storage node joins and another is lost while clients go
 * on. The plan sizes the cache for a hit ratio of 90 %; the run shows whether it gets there.
 *
 * <p>The seed fixes who asks for what and when. What depends on how fast the machine is besides is marked as timed.
 */
public final class ImageServiceRun implements AutoCloseable {
  /** How many steps {@link #run} reports. */
  public static final int STEPS = 6;

  private static final double UPLOAD_SECONDS = 12;
  private static final double WARM_UP_SECONDS = 6;
  private static final double READ_SECONDS = 15;
  private static final double SKEW = 0.9;
  private static final int USERS = 40;

  /** Heights are even in [32, 96]: their deviation is 64 / sqrt(12) of a mean of 64. */
  private static final double SIZE_DEVIATION = 1 / Math.sqrt(12);

  /** Each of the users uploads 2.5 a second on average, and never reaches it. */
  private static final Limit UPLOADS = Limit.of(20).per(Duration.ofSeconds(1)).burst(50);

  private static final int TOO_MANY = 200;
  private static final int CALIBRATION = 1000;
  private static final double READS_MEANWHILE = 500;
  private static final double WRITES_MEANWHILE = 20;
  private static final String LOAD =
      "All servers over HTTP on this machine, and a seeded load: a user "
          + "who uploads too fast, uploads of all for 12 seconds, reads for 15 seconds, then a storage node that joins and one that is lost "
          + "while clients read and upload.";

  private final Design design = Designs.named("image-service")
      .with(Map.ofEntries(
          Map.entry("writes", "100/s"),
          Map.entry("reads-per-write", "20"),
          Map.entry("peak-factor", "1"),
          Map.entry("object", "4.26 KB"),
          Map.entry("metadata", "0 B"),
          Map.entry("retention", "12 s"),
          Map.entry("replication", String.valueOf(StorageCluster.COPIES)),
          Map.entry("cdn-share", "0%"),
          Map.entry("skew", String.valueOf(SKEW)),
          Map.entry("hit-target", "90%")));

  private final List<Prediction> predictions = new ArrayList<>();
  private final List<Chart> charts = new ArrayList<>();
  private final ImageRig rig;
  private final ImageSystem system;
  private final ImageClients clients;
  private final List<String> tokens = new ArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();

  /** The codes of the images that were accepted, and the hashes of all that was offered, by number. */
  private final ConcurrentNavigableMap<Integer, String> codes = new ConcurrentSkipListMap<>();

  private final Map<Integer, Long> hashes = new ConcurrentHashMap<>();

  private ImageServiceRun() throws IOException, SQLException {
    rig = new ImageRig(settings -> settings
        .cache(
            Math.round(predicted("cache-objects")
                * (predicted("record") + ImageRetrievalServer.ENTRY_BYTES)),
            EvictionPolicy.lru())
        .cacheSegments(1) // Che's formula is that of one list
        .limits(UPLOADS, ImageRig.NO_LIMIT, ImageRig.NO_LIMIT));
    system = rig.system;
    clients = rig.clients;
    for (int i = 0; i <= USERS; i++) {
      tokens.add(clients.signUp("user-" + i));
    }
  }

  /** Runs it, which takes about a minute, and says what it is at. */
  public static Outcome run(Consumer<String> progress) {
    progress.accept("image service: the servers start");
    try (ImageServiceRun run = new ImageServiceRun()) {
      progress.accept("image service: one user uploads too fast");
      run.uploadTooFast();
      progress.accept("image service: uploads");
      run.upload();
      progress.accept("image service: reads");
      run.readAll();
      progress.accept("image service: a storage node joins, another is lost");
      run.changeNodes();
      progress.accept("image service: every image is read back");
      run.readBack();
      return new Outcome("Image service", LOAD, run.design, run.predictions, run.charts);
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("the image service cannot run: " + e.getMessage(), e);
    }
  }

  private void upload() throws IOException {
    double rate = predicted("write-rate");
    RandomGenerator random = ImageRig.random(1);
    List<ClassicHttpRequest> requests = new ArrayList<>();
    for (int i = 0; i < 1.2 * rate * UPLOAD_SECONDS; i++) {
      requests.add(newUpload(tokens.get(random.nextInt(USERS)), random));
    }
    Iterator<ClassicHttpRequest> next = requests.iterator();
    int codesBefore = codes.size();
    long bytesBefore = bytesStored();
    Result result = rig.load(2).run(rate, UPLOAD_SECONDS, next::next, this::note);

    double images = predicted("objects");
    double countSigma = Math.sqrt(images);
    double bytesSigma = Math.sqrt((1 + SIZE_DEVIATION * SIZE_DEVIATION) / images);
    String poisson = "plan; 4σ of random arrivals";
    String sizes = "plan; 4σ of random arrivals and sizes";
    timed("uploads", "1/s", rate, result.rate(), 4 * countSigma / UPLOAD_SECONDS, poisson);
    exact("images stored", "items", images, codes.size() - codesBefore, 4 * countSigma, poisson);
    double storage = predicted("storage");
    long stored = bytesStored() - bytesBefore;
    exact(
        "bytes stored, all copies", "B", storage, (double) stored, 4 * bytesSigma * storage, sizes);
    double ingress = predicted("ingress");
    timed(
        "bandwidth in",
        "B/s",
        ingress,
        stored / (double) StorageCluster.COPIES / result.seconds(),
        4 * bytesSigma * ingress,
        sizes);
    exact(
        "uploads refused, ids repeated",
        "items",
        0,
        (double) result.otherThan(201)
            + codes.size()
            - Set.copyOf(codes.values()).size(),
        0,
        "limits, Snowflake; exact");
  }

  private ClassicHttpRequest newUpload(String token, RandomGenerator random) {
    int number = numbers.getAndIncrement();
    byte[] image = ImageClients.noise(random);
    hashes.put(number, Xxh3.hash(image));
    return clients.upload(token, number, image);
  }

  private void note(Reply reply) {
    if (reply.status() == 201) {
      JsonObject page = reply.json();
      codes.put(page.get("title").getAsInt(), page.get("code").getAsString());
    }
  }

  /** One user uploads as fast as answers come. */
  private void uploadTooFast() throws IOException {
    RandomGenerator random = ImageRig.random(3);
    note(clients.send(newUpload(tokens.get(USERS), random)));
    Stopwatch watch = Stopwatch.createStarted(); // until the first, the bucket was full
    for (int i = 1; i < TOO_MANY; i++) {
      note(clients.send(newUpload(tokens.get(USERS), random)));
    }
    double seconds = seconds(watch);
    exact(
        "uploads accepted of " + TOO_MANY + " too fast",
        "items",
        Math.min(TOO_MANY, Math.floor(UPLOADS.burst() + UPLOADS.permits() * seconds)),
        codes.size(),
        2,
        "burst + rate × the time that they took; 2 for requests under way");
  }

  private void readAll() throws IOException {
    List<String> byRank = byRank();
    double rate = predicted("read-rate");
    ZipfSampler popular = new ZipfSampler(byRank.size(), SKEW, ImageRig.random(4));
    Supplier<ClassicHttpRequest> next = () -> clients.read(byRank.get(popular.next()));
    rig.load(5).run(rate, WARM_UP_SECONDS, next);
    double readSeconds = oneAtATime(next);
    long hitsBefore = system.cacheHits();
    long missesBefore = system.cacheMisses();
    Result result = rig.load(6).run(rate, READ_SECONDS, next);
    double hits = system.cacheHits() - hitsBefore;
    double hitRatio = hits / (hits + system.cacheMisses() - missesBefore);

    timed(
        "reads",
        "1/s",
        rate,
        result.rate(),
        4 * Math.sqrt(rate * READ_SECONDS) / READ_SECONDS,
        "plan; 4σ of random arrivals");
    exact("reads that failed", "items", 0, (double) result.otherThan(200), 0, "exact");
    Zipf zipf = Zipf.of(byRank.size(), SKEW);
    double cached = predicted("cache-objects");
    exact(
        "cache hit ratio",
        "share",
        LruHitRatio.che(zipf, cached),
        hitRatio,
        0.005,
        "Che's formula for the cache that the plan sized for 90 %; half a point");
    double egress = predicted("egress");
    timed(
        "bandwidth out",
        "B/s",
        egress,
        result.bandwidth(),
        4 * SIZE_DEVIATION * Math.sqrt(sumOfSquares(zipf, byRank.size())) * egress,
        "plan; 4σ of the sizes of the popular images");
    latency(result, readSeconds);
    charts.add(ImageCharts.hitRatio(zipf, byRank.size(), cached, hitRatio));
  }

  /** One queue in front of the machine's processors, which the clients use too. */
  private void latency(Result result, double readSeconds) {
    ComponentLoad reads = design
        .with(Component.of("retrieval", ComponentKind.SERVICE, "Image retrieval service")
            .serviceTime(String.format(Locale.ROOT, "%.1f us", 1e6 * readSeconds))
            .workers(Integer.toString(Runtime.getRuntime().availableProcessors()))
            .servers("1"))
        .load("retrieval");
    String basis = "M/M/c on the processors, with the median of reads one at a time; loose";
    for (int percentile : new int[] {50, 99}) {
      timed(
          "latency of reads, p" + percentile,
          "ms",
          1000 * reads.percentileSeconds(percentile / 100.0),
          1000 * result.latencySeconds(percentile),
          percentile == 50 ? 5 : 20,
          basis);
    }
  }

  private void changeNodes() throws IOException, SQLException {
    List<String> byRank = byRank();
    ZipfSampler popular = new ZipfSampler(byRank.size(), SKEW, ImageRig.random(7));
    RandomGenerator random = ImageRig.random(8);
    AtomicBoolean goOn = new AtomicBoolean(true);
    // The common pool has one thread on two processors, and these go on side by side.
    ExecutorService threads = Executors.newCachedThreadPool();
    CompletableFuture<Result> reads = CompletableFuture.supplyAsync(
        () -> rig.load(9)
            .run(READS_MEANWHILE, goOn::get, () -> clients.read(byRank.get(popular.next()))),
        threads);
    CompletableFuture<Result> writes = CompletableFuture.supplyAsync(
        () -> rig.load(10)
            .run(
                WRITES_MEANWHILE,
                goOn::get,
                () -> newUpload(tokens.get(random.nextInt(USERS)), random),
                this::note),
        threads);
    threads.shutdown();
    Map<String, Long> before = bytesByNode();
    Rebalance.Outcome joined = system.addNode("storage-5", "a");
    Map<String, Long> between = bytesByNode();
    Rebalance.Outcome lost = system.loseNode("storage-2");
    goOn.set(false);
    long failed = reads.join().otherThan(200) + writes.join().otherThan(201);
    moved("copies made for a node that joins", joined);
    moved("copies made for a node that is lost", lost);
    exact("requests that failed meanwhile", "items", 0, (double) failed, 0, "exact");
    charts.add(ImageCharts.bytes(ImmutableMap.of(
        "before",
        before,
        "after storage-5 joined",
        between,
        "after storage-2 was lost",
        bytesByNode())));
    charts.add(ImageCharts.latency(reads.join()));
  }

  private void moved(String what, Rebalance.Outcome outcome) {
    double share = outcome.plan().share();
    exact(
        what,
        "items",
        outcome.predicted(),
        (double) outcome.copied(),
        4 * Math.sqrt(StorageCluster.COPIES * outcome.files() * share * (1 - share)),
        "the plan between the tables × files; 4σ");
  }

  private void readBack() throws IOException {
    Set<Long> found = new HashSet<>();
    for (long id : system.storage().ids()) {
      system.storage().read(id).ifPresent(bytes -> found.add(Xxh3.hash(bytes)));
    }
    long lost = codes.keySet().stream()
        .filter(number -> !found.contains(hashes.get(number)))
        .count();
    exact(
        "images lost or damaged", "items", 0, (double) lost, 0, "every image is read back; exact");
  }

  /**
   * The images that all users have uploaded, the most popular first: in an order of chance, but the same in every run. How many
   * the user who was too fast got in depends on the machine, so those are not read.
   */
  private List<String> byRank() {
    List<String> byRank = new ArrayList<>(codes.tailMap(TOO_MANY).values());
    Collections.shuffle(byRank, new Random(11));
    return byRank;
  }

  private Map<String, Long> bytesByNode() throws IOException {
    Map<String, Long> bytes = new TreeMap<>();
    for (StorageNode node : system.storage().nodes()) {
      bytes.put(node.name(), node.usage().bytes());
    }
    return bytes;
  }

  private long bytesStored() throws IOException {
    return bytesByNode().values().stream().mapToLong(bytes -> bytes).sum();
  }

  private static double sumOfSquares(Zipf zipf, int images) {
    return IntStream.rangeClosed(1, images)
        .mapToDouble(rank -> Math.pow(zipf.probability(rank), 2))
        .sum();
  }

  /** The median time of reads that meet no other. */
  private double oneAtATime(Supplier<ClassicHttpRequest> next) throws IOException {
    double[] seconds = new double[CALIBRATION];
    for (int i = 0; i < CALIBRATION; i++) {
      Stopwatch watch = Stopwatch.createStarted();
      clients.send(next.get());
      seconds[i] = seconds(watch);
    }
    return Quantiles.median().compute(seconds);
  }

  private static double seconds(Stopwatch watch) {
    return watch.elapsed(TimeUnit.NANOSECONDS) / 1e9;
  }

  private double predicted(String step) {
    return design.plan().step(step).value().value();
  }

  private void exact(
      String what, String unit, double predicted, double measured, double tolerance, String basis) {
    predictions.add(Prediction.of(what, unit, predicted, measured, tolerance, basis));
  }

  private void timed(
      String what, String unit, double predicted, double measured, double tolerance, String basis) {
    predictions.add(Prediction.timed(what, unit, predicted, measured, tolerance, basis));
  }

  @Override
  public void close() throws IOException {
    rig.close();
  }
}
