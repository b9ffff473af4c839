package dev.whiteboard.benchmarks.peers;

import static dev.whiteboard.benchmarks.peers.RateLimitTimes.first;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.whiteboard.benchmarks.peers.IdSource.Kind;
import dev.whiteboard.benchmarks.peers.IdSource.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Searches for counter-examples to those {@link IdLaws} that are about many ids together. */
final class IdRuns {
  private static final String NO_ORDER = "it promises no order";

  /** Many times what a layout has in a millisecond. */
  private static final int BURST = 100_000;

  private static final int DRAWS = 20_000;

  /** Some milliseconds more than a restart takes. */
  private static final int BURST_BEFORE_RESTART = 30_000;

  /** Once and a half what most layouts have in a millisecond. */
  private static final int SHORT_BURST = 6000;

  private static final int THREADS = 4;
  private static final int DRAWS_OF_A_THREAD = 10_000;
  private static final int HAND_OVERS = 100;
  private static final int STRANGERS = 100;
  private static final int DRAWS_OF_A_STRANGER = 300;
  private static final int DRAWS_OF_A_NODE = 5000;
  private static final long RESTART_MILLIS = 2;

  private static final List<Duration> STEPS =
      List.of(Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofHours(1));
  private static final Duration YEAR = Duration.ofDays(365);

  private IdRuns() {}

  static Optional<String> repeated(Kind kind) {
    return IdTrial.repeated(new IdTrial(kind).draw(BURST));
  }

  static Optional<String> fallen(Kind kind) {
    kind.require(Trait.RISES, NO_ORDER);
    IdTrial standing = new IdTrial(kind);
    return IdTrial.fallen(standing.draw(DRAWS)).or(() -> {
      IdTrial running = new IdTrial(kind);
      List<Id> ids = new ArrayList<>();
      for (int i = 0; i < DRAWS; i++) {
        ids.add(running.next());
        running.clock.pass(i % 10 == 0 ? i % 3 : 0);
      }
      return IdTrial.fallen(ids);
    });
  }

  static Optional<String> repeatedBackwards(Kind kind) {
    return afterSteps(kind, IdTrial::repeated);
  }

  static Optional<String> fallenBackwards(Kind kind) {
    kind.require(Trait.RISES, NO_ORDER);
    return afterSteps(kind, IdTrial::fallen);
  }

  private static Optional<String> afterSteps(Kind kind, Law.Check<List<Id>> check) {
    kind.requireClock();
    return first(
        Stream.concat(STEPS.stream(), Stream.of(YEAR)),
        step -> check
            .counterExample(forwardAndBack(kind, step.toMillis()))
            .map(found -> "forward and back by %s: %s".formatted(words(step), found)));
  }

  private static List<Id> forwardAndBack(Kind kind, long millis) {
    IdTrial trial = new IdTrial(kind);
    List<Id> ids = trial.drawWhileIssued(SHORT_BURST);
    trial.clock.step(millis);
    ids.addAll(trial.drawWhileIssued(SHORT_BURST));
    trial.clock.step(-millis);
    ids.addAll(trial.drawWhileIssued(SHORT_BURST));
    return ids;
  }

  static Optional<String> impatient(Kind kind) {
    kind.requireClock();
    int refusals = 0;
    for (Duration step : STEPS) {
      IdTrial trial = new IdTrial(kind);
      Id unused = trial.next();
      trial.clock.step(-step.toMillis());
      int issued = trial.drawWhileIssued(SHORT_BURST).size();
      if (issued > 0 && issued < SHORT_BURST) {
        return Optional.of(
            "back by %s: %,d ids, and then it %s".formatted(words(step), issued, refusal(trial)));
      }
      refusals += issued == 0 ? 1 : 0;
    }
    if (refusals == STEPS.size()) {
      throw new NotApplicable("it refuses at once");
    }
    return Optional.empty();
  }

  private static String refusal(IdTrial trial) {
    try {
      return "issues " + trial.next();
    } catch (RuntimeException e) {
      return LawSuite.thrown(e);
    }
  }

  static Optional<String> repeatedAfterRestart(Kind kind) {
    kind.requireClock();
    IdTrial trial = new IdTrial(kind);
    List<Id> ids = trial.draw(BURST_BEFORE_RESTART);
    trial.clock.pass(RESTART_MILLIS);
    trial.restart();
    ids.addAll(trial.draw(DRAWS));
    return IdTrial.repeated(ids);
  }

  static Optional<String> metOfTwoNodes(Kind kind) {
    if (kind.maxNode() == 0) {
      throw new NotApplicable("it has no node number");
    }
    IdClock clock = IdClock.forOneThread();
    return IdTrial.repeated(LongStream.of(0, 1, kind.maxNode() - 1, kind.maxNode())
        .mapToObj(node -> kind.factory().of(node, clock))
        .flatMap(source -> draw(source, clock, DRAWS_OF_A_NODE))
        .toList());
  }

  static Optional<String> metOfStrangers(Kind kind) {
    IdSource.Factory factory = kind.unnumbered()
        .orElseThrow(() -> new NotApplicable("it is not built without a node number"));
    IdClock clock = IdClock.forOneThread();
    return IdTrial.repeated(Stream.generate(() -> factory.of(0, clock))
        .limit(STRANGERS)
        .flatMap(source -> draw(source, clock, DRAWS_OF_A_STRANGER))
        .toList());
  }

  private static Stream<Id> draw(IdSource source, IdClock clock, int n) {
    return Stream.generate(() -> {
          clock.nobodyWaits();
          return source.next();
        })
        .limit(n);
  }

  static Optional<String> crowded(Kind kind) {
    IdSource source = kind.factory().of(0, IdClock.forManyThreads());
    CountDownLatch start = new CountDownLatch(THREADS);
    List<List<Id>> drawn = inThreads(threads -> {
      List<Future<List<Id>>> futures = threads.stream()
          .map(thread -> thread.submit(() -> drawInThread(source, start)))
          .toList();
      return futures.stream().map(Futures::getUnchecked).toList();
    });
    // Which ids, and how many, is chance.
    return IdTrial.repeated(drawn.stream().flatMap(List::stream).toList()).isPresent()
        ? Optional.of("ids are repeated")
        : drawn.stream()
            .filter(ids -> kind.is(Trait.RISES) && !IdTrial.rises(ids))
            .findFirst()
            .map(ids -> "a thread's own ids do not rise");
  }

  private static List<Id> drawInThread(IdSource source, CountDownLatch start) {
    start.countDown();
    Uninterruptibles.awaitUninterruptibly(start);
    List<Id> ids = new ArrayList<>(DRAWS_OF_A_THREAD);
    for (int i = 0; i < DRAWS_OF_A_THREAD; i++) {
      ids.add(source.next());
    }
    return ids;
  }

  static Optional<String> overtaken(Kind kind) {
    kind.require(Trait.RISES, NO_ORDER);
    IdClock clock = IdClock.forOneThread();
    IdSource source = kind.factory().of(0, clock);
    Callable<Id> next = () -> {
      clock.nobodyWaits();
      return source.next();
    };
    return inThreads(threads -> IdTrial.fallen(Stream.iterate(0, i -> i + 1)
            .limit(HAND_OVERS)
            .map(i -> Futures.getUnchecked(threads.get(i % 2).submit(next)))
            .toList()))
        .map(found -> "two threads take turns: an id is smaller than the one before");
  }

  /** What is done with some threads. */
  @FunctionalInterface
  private interface ThreadedTask<T> {
    T with(List<ExecutorService> threads);
  }

  private static <T> T inThreads(ThreadedTask<T> task) {
    List<ExecutorService> threads =
        Stream.generate(Executors::newSingleThreadExecutor).limit(THREADS).toList();
    try {
      return task.with(threads);
    } finally {
      threads.forEach(ExecutorService::shutdownNow);
    }
  }

  private static String words(Duration step) {
    return step.equals(YEAR) ? "a year" : Trial.words(step.toNanos());
  }
}
