package dev.whiteboard.benchmarks.designs.image;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Stopwatch;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.common.util.concurrent.MoreExecutors;
import dev.whiteboard.benchmarks.designs.OpenLoop;
import dev.whiteboard.benchmarks.designs.http.Loopback;
import dev.whiteboard.benchmarks.designs.http.Reply;
import dev.whiteboard.benchmarks.render.Numbers;
import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.ratelimit.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/**
 * What the image service bears on one machine, its clients included: it stores images, serves each once and compares it with
 * what was uploaded, and then serves the popular ones from its cache at a given rate.
 *
 * <p>Nothing here is predicted, and all but the counts depends on the machine: no test asserts it. The heap is that of the
 * process, servers and clients together, so start it with {@code -Xmx512m} to see that so much suffices.
 */
public final class ImageStress implements AutoCloseable {
  /**
   * A line of the result.
   *
   * @param what the quantity
   * @param measured with its unit
   * @param target what it should be; empty if that is not said
   * @param holds whether it is so
   */
  public record Row(String what, String measured, String target, boolean holds) {}

  /** How many steps {@link #run} reports. */
  public static final int STEPS = 5;

  private static final int CLIENTS = 8;
  private static final int POPULAR = 1000;
  private static final double WARM_UP_SECONDS = 10;
  private static final double SECONDS = 15;
  private static final double SLOWEST_SECONDS = 0.020;
  private static final Limit NONE = Limit.perSecond(1_000_000);

  /** Pictures are drawn anew from their number, so that the clients need not remember them. */
  private static final long SEED = 1_000_000;

  private final int images;
  private final double rate;
  private final CloseableHttpClient http = Loopback.client(OpenLoop.CLIENTS);
  private final Path folder = Files.createTempDirectory("whiteboard-stress");
  private final ImageSystem system;
  private final ImageClients clients;
  private final String[] codes;
  private final List<Row> rows = new ArrayList<>();

  private ImageStress(int images, double rate) throws IOException, SQLException {
    this.images = images;
    this.rate = rate;
    codes = new String[images];
    system = ImageSystem.builder(folder)
        .forced(false)
        .thumbnails(false)
        .jdbcUrl("jdbc:h2:file:" + folder.resolve("images"))
        .passwordIterations(1)
        .limits(NONE, NONE, NONE)
        .start();
    clients = new ImageClients(system, http);
  }

  /**
   * Runs it, which takes some minutes, and says what it is at.
   *
   * @param images how many are stored, in [1, 10,000,000]
   * @param rate how many reads a second are due in the end, in [1, 1,000,000]
   * @throws IllegalArgumentException if a number is out of range
   */
  public static List<Row> run(int images, double rate, Consumer<String> progress) {
    checkArgument(
        images >= 1 && images <= 10_000_000, "images must be in [1, 10000000], was %s", images);
    checkArgument(rate >= 1 && rate <= 1_000_000, "rate must be in [1, 1000000], was %s", rate);
    progress.accept("the servers start");
    try (ImageStress run = new ImageStress(images, rate)) {
      progress.accept("uploads, " + CLIENTS + " clients");
      run.upload();
      progress.accept("each image is read once, " + CLIENTS + " clients");
      run.readEach();
      progress.accept("popular images are read, to warm up");
      run.readPopular(WARM_UP_SECONDS);
      progress.accept("popular images are read");
      run.measurePopular();
      return List.copyOf(run.rows);
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("the image service cannot run: " + e.getMessage(), e);
    }
  }

  private void upload() throws IOException {
    String token = clients.signUp("everyone");
    LongAdder stored = new LongAdder();
    double seconds = forEach(number -> {
      Reply reply = clients.send(clients.upload(token, number, picture(number)));
      if (reply.status() == 201) {
        codes[number] = reply.json().get("code").getAsString();
        stored.increment();
      }
    });
    count("images stored", stored.sum());
    row("uploads", Numbers.format(images / seconds) + "/s", "", true);
  }

  private void readEach() {
    LongAdder same = new LongAdder();
    double seconds = forEach(number -> {
      Reply reply = clients.send(clients.read(codes[number]));
      if (reply.status() == 200 && Xxh3.hash(reply.body()) == Xxh3.hash(picture(number))) {
        same.increment();
      }
    });
    count("images served as they were uploaded", same.sum());
    row("reads of different images", Numbers.format(images / seconds) + "/s", "", true);
  }

  private OpenLoop.Result readPopular(double seconds) {
    RandomGenerator random = random(1);
    int popular = Math.min(POPULAR, images);
    return new OpenLoop(http, random(2))
        .run(rate, seconds, () -> clients.read(codes[random.nextInt(popular)]));
  }

  private void measurePopular() {
    long missesBefore = system.cacheMisses();
    OpenLoop.Result result = readPopular(SECONDS);
    row(
        "reads of popular images",
        Numbers.format(result.rate()) + "/s",
        "all that are due, " + Numbers.format(rate) + "/s",
        result.rate() >= 0.98 * rate);
    row("their median latency", millis(result.latencySeconds(50)), "", true);
    double slow = result.latencySeconds(99);
    row("their latency, p99", millis(slow), "< " + millis(SLOWEST_SECONDS), slow < SLOWEST_SECONDS);
    none("that failed", result.otherThan(200));
    none("that missed the cache", system.cacheMisses() - missesBefore);
    row("heap that the process may use", mebibytes(Runtime.getRuntime().maxMemory()), "", true);
  }

  /** Has clients do something with all numbers, and returns how many seconds it took. */
  private double forEach(Task task) {
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    Stopwatch watch = Stopwatch.createStarted();
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      running.add(CompletableFuture.runAsync(
          () -> {
            for (int n = next.getAndIncrement(); n < images; n = next.getAndIncrement()) {
              task.tryOn(n);
            }
          },
          threads));
    }
    running.forEach(CompletableFuture::join);
    double seconds = watch.elapsed(TimeUnit.NANOSECONDS) / 1e9;
    MoreExecutors.shutdownAndAwaitTermination(threads, Duration.ofMinutes(1));
    return seconds;
  }

  /** What a client does with the image of a number. */
  private interface Task {
    void on(int number) throws IOException;

    /** A request that breaks off is not counted, and that is seen in the result. */
    default void tryOn(int number) {
      try {
        on(number);
      } catch (IOException e) {
        // not counted
      }
    }
  }

  private static byte[] picture(int number) {
    return ImageClients.noise(random(SEED + number));
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private void count(String what, long count) {
    row(what, Numbers.format((double) count), Numbers.format(images), count == images);
  }

  private void none(String what, long count) {
    row(what, Numbers.format((double) count), "0", count == 0);
  }

  private void row(String what, String measured, String target, boolean holds) {
    rows.add(new Row(what, measured, target, holds));
  }

  private static String millis(double seconds) {
    return Numbers.format(1000 * seconds) + " ms";
  }

  private static String mebibytes(long bytes) {
    return Numbers.format(bytes / (double) (1 << 20)) + " MiB";
  }

  @Override
  public void close() throws IOException {
    http.close();
    system.close();
    MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
  }
}
