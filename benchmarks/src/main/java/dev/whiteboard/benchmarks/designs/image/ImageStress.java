package dev.whiteboard.benchmarks.designs.image;

import static com.google.common.base.Preconditions.checkArgument;
import static dev.whiteboard.benchmarks.designs.image.ImageRig.NO_LIMIT;

import com.google.common.base.Stopwatch;
import dev.whiteboard.benchmarks.designs.OpenLoop;
import dev.whiteboard.benchmarks.designs.http.Reply;
import dev.whiteboard.benchmarks.render.Numbers;
import dev.whiteboard.core.hash.Xxh3;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ClassicHttpRequest;

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
  private static final double LEAST_SHARE = 0.98; // arrivals are random
  private static final double SLOWEST_SECONDS = 0.020;

  private final int images;
  private final double rate;
  private final ImageRig rig =
      new ImageRig(settings -> settings.limits(NO_LIMIT, NO_LIMIT, NO_LIMIT));
  private final ImageClients clients = rig.clients;
  private final String[] codes;

  /** Of the pictures that were uploaded, by number. */
  private final long[] hashes;

  private final List<Row> rows = new ArrayList<>();

  private ImageStress(int images, double rate) throws IOException, SQLException {
    this.images = images;
    this.rate = rate;
    codes = new String[images];
    hashes = new long[images];
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
    askForEach(
        "images stored",
        "uploads",
        number -> {
          byte[] picture = ImageClients.noise(ImageRig.random(number));
          hashes[number] = Xxh3.hash(picture);
          return clients.upload(token, number, picture);
        },
        (number, reply) -> {
          if (reply.status() != 201) {
            return false;
          }
          codes[number] = reply.json().get("code").getAsString();
          return true;
        });
  }

  private void readEach() {
    askForEach(
        "images served as they were uploaded",
        "reads of different images",
        number -> clients.read(codes[number]),
        (number, reply) -> reply.status() == 200 && Xxh3.hash(reply.body()) == hashes[number]);
  }

  private OpenLoop.Result readPopular(double seconds) {
    RandomGenerator random = ImageRig.random(1);
    int popular = Math.min(POPULAR, images);
    return rig.load(2).run(rate, seconds, () -> clients.read(codes[random.nextInt(popular)]));
  }

  private void measurePopular() {
    long missesBefore = rig.system.cacheMisses();
    OpenLoop.Result result = readPopular(SECONDS);
    row(
        "reads of popular images",
        Numbers.format(result.rate()) + "/s",
        "≥ " + Numbers.format(LEAST_SHARE * rate) + "/s of " + Numbers.format(rate) + "/s due",
        result.rate() >= LEAST_SHARE * rate);
    row("their median latency", millis(result.latencySeconds(50)), "", true);
    double slow = result.latencySeconds(99);
    row("their latency, p99", millis(slow), "< " + millis(SLOWEST_SECONDS), slow < SLOWEST_SECONDS);
    none("that failed", result.otherThan(200));
    none("that missed the cache", rig.system.cacheMisses() - missesBefore);
    row("heap that the process may use", mebibytes(Runtime.getRuntime().maxMemory()), "", true);
  }

  /** Has clients send a request for each number, and counts the replies that are right. */
  private void askForEach(
      String what, String speed, IntFunction<ClassicHttpRequest> request, Check check) {
    AtomicInteger next = new AtomicInteger();
    LongAdder right = new LongAdder();
    Runnable client = () -> {
      for (int n = next.getAndIncrement(); n < images; n = next.getAndIncrement()) {
        try {
          if (check.isRight(n, clients.send(request.apply(n)))) {
            right.increment();
          }
        } catch (IOException e) {
          // It is not counted, and that is seen in the result.
        }
      }
    };
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    Stopwatch watch = Stopwatch.createStarted();
    Stream.generate(() -> CompletableFuture.runAsync(client, threads))
        .limit(CLIENTS)
        .toList()
        .forEach(CompletableFuture::join);
    double seconds = watch.elapsed(TimeUnit.NANOSECONDS) / 1e9;
    threads.shutdown();
    count(what, right.sum());
    row(speed, Numbers.format(images / seconds) + "/s", "", true);
  }

  /** Says whether a reply is right for a number. */
  private interface Check {
    boolean isRight(int number, Reply reply);
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
    rig.close();
  }
}
