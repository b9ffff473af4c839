package dev.whiteboard.benchmarks.designs;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.google.common.base.Stopwatch;
import com.google.common.math.Quantiles;
import com.google.common.util.concurrent.MoreExecutors;
import dev.whiteboard.benchmarks.designs.http.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;

/**
 * Clients who do not wait for one another: requests are due at random moments of a given rate, and each is timed from the
 * moment at which it was due.
 *
 * <p><b>Idea.</b> A client that sends its next request when the last has been answered asks less of a server that is slow,
 * and so hides how slow it is (Tene's <i>coordinated omission</i>). Here a server that stalls meets all that has become due
 * meanwhile, and the wait counts. No more than 64 requests are under way, for this is one process.
 *
 * <p><b>Thread safety.</b> Each run has its own thread; runs may go on side by side.
 */
public final class OpenLoop {
  /** An answer: when its request was due, seconds after the start, and how long it took from then. */
  public record Answer(double dueSeconds, double latencySeconds, int status, int bytes) {}

  /**
   * What came back.
   *
   * @param answers all answers; a request that failed has status 0
   * @param seconds from the first moment to the last answer
   */
  public record Result(List<Answer> answers, double seconds) {
    /** How many answers are not of that status. */
    public long otherThan(int status) {
      return answers.stream().filter(answer -> answer.status != status).count();
    }

    /** Answers a second. */
    public double rate() {
      return answers.size() / seconds;
    }

    /** Bytes of all bodies, a second. */
    public double bandwidth() {
      return answers.stream().mapToLong(Answer::bytes).sum() / seconds;
    }

    /** The time that a share of {@code percentile} per cent of the requests did not exceed. */
    public double latencySeconds(int percentile) {
      return Quantiles.percentiles()
          .index(percentile)
          .compute(answers.stream().mapToDouble(Answer::latencySeconds).toArray());
    }
  }

  /** How many requests are under way at most. */
  public static final int CLIENTS = 64;

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final double NANOS = 1e9;

  private final HttpClient client;
  private final RandomGenerator random;

  /** Creates clients who share connections; {@code random} draws the moments. */
  public OpenLoop(HttpClient client, RandomGenerator random) {
    this.client = requireNonNull(client, "client");
    this.random = requireNonNull(random, "random");
  }

  /** Sends the requests that are due in some seconds, and waits for all answers. */
  public Result run(double rate, double seconds, Supplier<ClassicHttpRequest> next) {
    return run(rate, seconds, next, reply -> {});
  }

  /** As {@link #run(double, double, Supplier)}, and shows each answer to {@code seen}, from any thread. */
  public Result run(
      double rate, double seconds, Supplier<ClassicHttpRequest> next, Consumer<Reply> seen) {
    checkArgument(seconds > 0, "seconds must be > 0, was %s", seconds);
    return runWhile(rate, due -> due < seconds, next, seen);
  }

  /** Sends requests for as long as {@code goOn} says, and waits for all answers. */
  public Result run(double rate, BooleanSupplier goOn, Supplier<ClassicHttpRequest> next) {
    return run(rate, goOn, next, reply -> {});
  }

  /** As {@link #run(double, BooleanSupplier, Supplier)}, and shows each answer to {@code seen}, from any thread. */
  public Result run(
      double rate, BooleanSupplier goOn, Supplier<ClassicHttpRequest> next, Consumer<Reply> seen) {
    return runWhile(rate, due -> goOn.getAsBoolean(), next, seen);
  }

  private Result runWhile(
      double rate, DoublePredicate isDue, Supplier<ClassicHttpRequest> next, Consumer<Reply> seen) {
    checkArgument(rate > 0, "rate must be > 0, was %s", rate);
    Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    Stopwatch watch = Stopwatch.createStarted();
    double due = random.nextExponential() / rate;
    for (; isDue.test(due); due += random.nextExponential() / rate) {
      await(watch, Math.round(due * NANOS));
      ClassicHttpRequest request = next.get();
      double moment = due;
      clients.execute(() -> {
        Optional<Reply> reply = send(request);
        double latency = watch.elapsed(NANOSECONDS) / NANOS - moment;
        answers.add(new Answer(
            moment,
            latency,
            reply.map(Reply::status).orElse(0),
            reply.map(answered -> answered.body().length).orElse(0)));
        reply.ifPresent(seen);
      });
    }
    MoreExecutors.shutdownAndAwaitTermination(clients, LONGEST);
    return new Result(new ArrayList<>(answers), watch.elapsed(NANOSECONDS) / NANOS);
  }

  private static void await(Stopwatch watch, long moment) {
    for (long wait = moment - watch.elapsed(NANOSECONDS);
        wait > 0;
        wait = moment - watch.elapsed(NANOSECONDS)) {
      LockSupport.parkNanos(wait);
    }
  }

  private Optional<Reply> send(ClassicHttpRequest request) {
    try {
      return Optional.of(Reply.to(request, client));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
