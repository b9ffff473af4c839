package dev.whiteboard.benchmarks.designs.image;

import static com.google.common.base.Preconditions.checkState;

import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Point;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.benchmarks.traces.ZipfSampler;
import dev.whiteboard.caching.CacheStats;
import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.estimation.Design;
import dev.whiteboard.estimation.LruHitRatio;
import dev.whiteboard.estimation.Zipf;
import dev.whiteboard.estimation.designs.Designs;
import dev.whiteboard.partitioning.HashRing;
import dev.whiteboard.partitioning.Node;
import dev.whiteboard.ratelimit.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Estimates the image service, runs it under a seeded load in simulated time, and compares.
 *
 * <p>The scale is small, so that it runs in seconds: an hour of uploads at 10 a second, then ten minutes of reads at 500 a
 * second, images of 1 KB on average. The plan sizes the cache for a hit ratio of 80 %; the run shows whether it gets there.
 */
public final class ImageServiceRun {
  /** How many steps {@link #run} reports. */
  public static final int STEPS = 4;

  private static final double UPLOAD_SECONDS = 3600;
  private static final double READ_SECONDS = 600;
  private static final int USERS = 1000;
  private static final int NODES = 8;
  private static final int COPIES = 2;
  private static final int MEAN_BYTES = 1000;
  private static final double SKEW = 0.9;

  /** Sizes are even in [500, 1500] bytes: their deviation is 1 / sqrt(12) of the mean. */
  private static final double SIZE_DEVIATION = 1 / Math.sqrt(12);

  /** One upload a second and ten at once; a thousand users who share 10 a second never reach it. */
  private static final Limit LIMIT = Limit.of(1).per(Duration.ofSeconds(1)).burst(10);

  private final Design design = Designs.named("image-service")
      .with(Map.of(
          "writes", "10/s",
          "reads-per-write", "50",
          "object", MEAN_BYTES + " B",
          "metadata", "0 B",
          "retention", "1 h",
          "replication", String.valueOf(COPIES),
          "cdn-share", "0%",
          "skew", String.valueOf(SKEW),
          "hit-target", "80%"));

  private final RandomGenerator random =
      RandomGeneratorFactory.of("L64X128MixRandom").create(0x1_4A6E);
  private final SimulatedTime time = new SimulatedTime();
  private final ImageService service = new ImageService(
      IntStream.range(0, NODES).mapToObj(i -> "storage-" + i).toList(),
      COPIES,
      (int) predicted("cache-objects"),
      LIMIT,
      time,
      time);

  /** The hash of every image that was accepted, by its id. */
  private final Map<Long, Long> hashById = new LinkedHashMap<>();

  private int accepted;

  private final List<Prediction> predictions = new ArrayList<>();

  private ImageServiceRun() {}

  /**
   * What came out.
   *
   * @param design the estimate
   * @param predictions what was predicted and measured
   * @param charts pictures of it
   */
  public record Outcome(Design design, List<Prediction> predictions, List<Chart> charts) {
    /** Whether every prediction came true. */
    public boolean holds() {
      return predictions.stream().allMatch(Prediction::holds);
    }
  }

  /** Runs it, which takes some seconds, and says what it is at. */
  public static Outcome run(Consumer<String> progress) {
    ImageServiceRun run = new ImageServiceRun();
    progress.accept("image service: an hour of uploads");
    run.upload();
    progress.accept("image service: one user uploads too fast");
    run.uploadTooFast();
    progress.accept("image service: reads");
    Chart hitRatio = run.readAll();
    progress.accept("image service: a storage node joins");
    Chart balance = run.addNode();
    return new Outcome(run.design, List.copyOf(run.predictions), List.of(hitRatio, balance));
  }

  private void upload() {
    double rate = predicted("write-rate");
    double start = time.seconds();
    for (time.advanceSeconds(nextArrival(rate));
        time.seconds() - start < UPLOAD_SECONDS;
        time.advanceSeconds(nextArrival(rate))) {
      write(random.nextInt(USERS));
    }
    int images = accepted;
    double countSigma = Math.sqrt(predicted("objects"));
    double bytesSigma = Math.sqrt((1 + SIZE_DEVIATION * SIZE_DEVIATION) / predicted("objects"));
    long stored = service.storage().bytesByNode().values().stream()
        .mapToLong(bytes -> bytes)
        .sum();
    String poisson = "plan; 4σ of random arrivals";
    compare(
        "uploads", "1/s", rate, images / UPLOAD_SECONDS, 4 * countSigma / UPLOAD_SECONDS, poisson);
    compare("images stored", "items", predicted("objects"), images, 4 * countSigma, poisson);
    String sizes = "plan; 4σ of random arrivals and sizes";
    compare(
        "bytes stored, all copies",
        "B",
        predicted("storage"),
        (double) stored,
        4 * bytesSigma * predicted("storage"),
        sizes);
    compare(
        "bandwidth in",
        "B/s",
        predicted("ingress"),
        service.bytesIn() / UPLOAD_SECONDS,
        4 * bytesSigma * predicted("ingress"),
        sizes);
    compare("ids repeated", "items", 0, images - hashById.size(), 0, "Snowflake; exact");
  }

  /** A hundred uploads a second for a minute, by one user. */
  private void uploadTooFast() {
    int before = accepted;
    for (int i = 0; i <= 6000; i++) {
      write(USERS + 1);
      time.advanceSeconds(0.01);
    }
    compare(
        "uploads accepted of 6,001 too fast",
        "items",
        10 + 60,
        accepted - before,
        0,
        "burst + rate × 60 s; exact");
  }

  private Chart readAll() {
    List<Long> byRank = new ArrayList<>(hashById.keySet());
    Collections.shuffle(byRank, new Random(7));
    ZipfSampler popular = new ZipfSampler(byRank.size(), SKEW, random);
    read(byRank, popular); // fills the cache
    CacheStats before = service.cacheStats();
    long bytesBefore = service.bytesOut();
    int reads = read(byRank, popular);
    CacheStats after = service.cacheStats();
    double hitRatio =
        (double) (after.hits() - before.hits()) / (after.requests() - before.requests());

    double rate = predicted("read-rate");
    Zipf zipf = Zipf.of(byRank.size(), SKEW);
    int cached = (int) predicted("cache-objects");
    compare(
        "reads",
        "1/s",
        rate,
        reads / READ_SECONDS,
        4 * Math.sqrt(rate * READ_SECONDS) / READ_SECONDS,
        "plan; 4σ of random arrivals");
    compare(
        "cache hit ratio",
        "share",
        LruHitRatio.che(zipf, cached),
        hitRatio,
        0.005,
        "Che's formula for the cache that the plan sized for 80 %; half a point");
    double effectiveImages = IntStream.rangeClosed(1, byRank.size())
        .mapToDouble(rank -> Math.pow(zipf.probability(rank), 2))
        .sum();
    compare(
        "bandwidth out",
        "B/s",
        predicted("egress"),
        (service.bytesOut() - bytesBefore) / READ_SECONDS,
        4 * SIZE_DEVIATION * Math.sqrt(effectiveImages) * predicted("egress"),
        "plan; 4σ of the sizes of the popular images");
    double[] sizes = IntStream.rangeClosed(0, 40)
        .mapToDouble(i -> 100 * Math.pow(byRank.size() / 100.0, i / 40.0))
        .toArray();
    return new Chart(
        "The cache: predicted curve, and the size that the plan chose",
        Axis.log("cache size, images"),
        Axis.linear("hit ratio"),
        List.of(
            Series.of(
                "Che's prediction",
                Mark.LINE,
                sizes,
                Arrays.stream(sizes).map(size -> LruHitRatio.che(zipf, size)).toArray()),
            new Series("measured", Mark.DOTS, List.of(new Point(cached, hitRatio)))));
  }

  private int read(List<Long> byRank, ZipfSampler popular) {
    double rate = predicted("read-rate");
    double start = time.seconds();
    int reads = 0;
    for (time.advanceSeconds(nextArrival(rate));
        time.seconds() - start < READ_SECONDS;
        time.advanceSeconds(nextArrival(rate))) {
      checkState(
          service.read(byRank.get(popular.next())).isPresent(),
          "an image that was accepted is not there");
      reads++;
    }
    return reads;
  }

  private Chart addNode() {
    String newNode = "storage-" + NODES;
    Map<String, Long> bytesBefore = service.storage().bytesByNode();
    // Where random keys, not ours, would go: the ring's own prediction of what it will move.
    int samples = 200_000;
    HashRing<String> next = service.storage().ring().with(Node.of(newNode));
    double share = IntStream.range(0, samples)
            .filter(i -> next.replicas(random.nextLong(), COPIES).contains(newNode))
            .count()
        / (double) samples;
    int images = hashById.size();
    int moved = service.storage().add(newNode);
    compare(
        "copies moved to a ninth node",
        "items",
        share * images,
        moved,
        4 * images * Math.sqrt(share * (1 - share) * (1.0 / images + 1.0 / samples)),
        "the ring with the node, over random keys; 4σ");
    long intact = hashById.entrySet().stream()
        .filter(image -> service
            .read(image.getKey())
            .filter(bytes -> Xxh3.hash(bytes) == image.getValue())
            .isPresent())
        .count();
    compare(
        "images lost or damaged",
        "items",
        0,
        (double) (images - intact),
        0,
        "every image is read back; exact");
    return new Chart(
        "Bytes on each storage node, before and after a ninth joins",
        Axis.linear("storage node"),
        Axis.linear("MB"),
        List.of(
            megabytes("before", bytesBefore),
            megabytes("after", service.storage().bytesByNode())));
  }

  private void write(int user) {
    byte[] image = new byte[MEAN_BYTES / 2 + random.nextInt(MEAN_BYTES + 1)];
    random.nextBytes(image);
    service.write(user, image).ifPresent(id -> {
      accepted++;
      hashById.put(id, Xxh3.hash(image));
    });
  }

  private double nextArrival(double rate) {
    return random.nextExponential() / rate;
  }

  private double predicted(String step) {
    return design.plan().step(step).value().value();
  }

  private void compare(
      String what, String unit, double predicted, double measured, double tolerance, String basis) {
    predictions.add(new Prediction(what, unit, predicted, measured, tolerance, basis));
  }

  private static Series megabytes(String name, Map<String, Long> bytes) {
    double[] values = bytes.values().stream().mapToDouble(b -> b / 1e6).toArray();
    return Series.of(
        name,
        Mark.BARS,
        IntStream.rangeClosed(1, values.length).asDoubleStream().toArray(),
        values);
  }
}
