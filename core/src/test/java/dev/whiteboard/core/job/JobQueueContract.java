package dev.whiteboard.core.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What every queue does. A job is tried three times, and waits 10 s after the first failure and 20 s after the second. */
abstract class JobQueueContract {
  static final Retry RETRY = new Retry(3, attempt -> Duration.ofSeconds(10L * attempt));
  private static final Duration MINUTE = Duration.ofMinutes(1);

  final TestClock clock = new TestClock();

  /** An empty queue. */
  abstract JobQueue queue(Retry retry, InstantSource time);

  private Lease taken(JobQueue queue) {
    return queue.take(MINUTE).orElseThrow();
  }

  /** The keys of all jobs that can be taken now. */
  private List<String> takeAll(JobQueue queue) {
    List<String> keys = new ArrayList<>();
    for (Optional<Lease> lease = queue.take(MINUTE);
        lease.isPresent();
        lease = queue.take(MINUTE)) {
      keys.add(lease.get().job().key());
    }
    return keys;
  }

  private void passSeconds(long seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  @Nested
  class Taking {
    private final JobQueue queue = queue(RETRY, clock);

    @Test
    void take_emptyQueue_isNothing() {
      assertEquals(Optional.empty(), queue.take(MINUTE));
    }

    @Test
    void take_job_isAsItWasEnqueued() {
      Job job = Job.of("a", "payload").withPriority(-7);
      assertTrue(queue.enqueue(job));
      Lease lease = taken(queue);
      assertEquals(job, lease.job());
      assertEquals(1, lease.attempt());
      assertEquals(1, lease.fencingToken());
    }

    @Test
    void take_leased_isNotTakenAgain() {
      queue.enqueue(Job.of("a", ""));
      taken(queue);
      assertEquals(Optional.empty(), queue.take(MINUTE));
    }

    @Test
    void take_delayed_whenTheDelayIsOver() {
      queue.enqueue(Job.of("a", "").withDelay(Duration.ofMillis(100)));
      clock.advance(Duration.ofMillis(99));
      assertEquals(Optional.empty(), queue.take(MINUTE));
      clock.advance(Duration.ofMillis(1));
      assertEquals(Job.of("a", ""), taken(queue).job());
    }

    @Test
    void take_severalDue_byPriorityThenTimeThenKey() {
      queue.enqueue(Job.of("low", "").withPriority(-1));
      queue.enqueue(Job.of("d", "").withDelay(Duration.ofSeconds(2)));
      queue.enqueue(Job.of("c", "").withDelay(Duration.ofSeconds(1)));
      queue.enqueue(Job.of("b", "").withDelay(Duration.ofSeconds(1)));
      queue.enqueue(Job.of("high", "").withPriority(1).withDelay(Duration.ofSeconds(3)));
      queue.enqueue(Job.of("later", "").withPriority(9).withDelay(Duration.ofSeconds(4)));
      passSeconds(3);
      assertEquals(List.of("high", "b", "c", "d", "low"), takeAll(queue));
    }

    @Test
    void take_extremePriorities_inOrder() {
      queue.enqueue(Job.of("least", "").withPriority(Integer.MIN_VALUE));
      queue.enqueue(Job.of("middle", ""));
      queue.enqueue(Job.of("most", "").withPriority(Integer.MAX_VALUE));
      assertEquals(List.of("most", "middle", "least"), takeAll(queue));
    }

    @Test
    void take_longTexts_comeBackWhole() {
      Job job = Job.of("k".repeat(255), "p".repeat(4000));
      queue.enqueue(job);
      assertEquals(job, taken(queue).job());
    }

    @Test
    void take_leaseOutOfRange_isRefused() {
      queue.enqueue(Job.of("a", ""));
      String range = "lease must be in [PT0.001S, PT876000H], was ";
      assertEquals(range + "PT0S", messageOf(() -> queue.take(Duration.ZERO)));
      Duration long1 = Duration.ofDays(36_500).plusNanos(1);
      assertEquals(range + long1, messageOf(() -> queue.take(long1)));
      assertNull("lease", () -> queue.take(null));
      assertEquals(1, taken(queue).attempt());
    }

    @Test
    void take_longestLease_isLeased() {
      queue.enqueue(Job.of("a", ""));
      assertTrue(queue.take(Duration.ofDays(36_500)).isPresent());
      assertEquals(new JobQueue.Stats(0, 0, 1, 0, 0), queue.stats());
    }
  }

  @Nested
  class Keys {
    private final JobQueue queue = queue(RETRY, clock);

    @Test
    void enqueue_knownKey_isRefusedAndChangesNothing() {
      queue.enqueue(Job.of("a", "first"));
      assertFalse(queue.enqueue(Job.of("a", "second").withPriority(5)));
      assertEquals(Job.of("a", "first"), taken(queue).job());
      assertFalse(queue.enqueue(Job.of("a", "second")));
      assertEquals(List.of(), takeAll(queue));
    }

    @Test
    void enqueue_completedKey_isRefusedUntilItIsForgotten() {
      queue.enqueue(Job.of("a", ""));
      assertTrue(taken(queue).complete());
      passSeconds(60);
      assertEquals(0, queue.forget(MINUTE.plusMillis(1)));
      assertFalse(queue.enqueue(Job.of("a", "")));
      assertEquals(1, queue.forget(MINUTE));
      assertTrue(queue.enqueue(Job.of("a", "")));
      assertEquals(List.of("a"), takeAll(queue));
    }

    @Test
    void forget_whatIsNotCompleted_isKept() {
      queue.enqueue(Job.of("ready", ""));
      queue.enqueue(Job.of("leased", "").withPriority(1));
      taken(queue);
      queue.enqueue(Job.of("dead", "").withPriority(1));
      die(queue);
      assertEquals(0, queue.forget(Duration.ZERO));
      assertEquals(new JobQueue.Stats(1, 0, 1, 0, 1), queue.stats());
    }

    @Test
    void forget_completedTwice_countsFromTheFirstTime() {
      queue.enqueue(Job.of("a", ""));
      Lease lease = taken(queue);
      lease.complete();
      passSeconds(60);
      lease.complete();
      assertEquals(1, queue.forget(MINUTE));
    }

    @Test
    void forget_ageOutOfRange_isRefused() {
      assertEquals(
          "age must be in [PT0S, PT876000H], was PT-1S",
          messageOf(() -> queue.forget(Duration.ofSeconds(-1))));
      assertNull("age", () -> queue.forget(null));
      assertNull("job", () -> queue.enqueue(null));
    }
  }

  /** Fails the first job that is due as often as it takes; half a minute passes. */
  private void die(JobQueue queue) {
    Lease lease = taken(queue);
    lease.fail("first");
    passSeconds(10);
    taken(queue).fail("second");
    passSeconds(20);
    Lease last = taken(queue);
    assertEquals(lease.job().key(), last.job().key());
    assertEquals(3, last.attempt());
    last.fail("third");
  }

  @Nested
  class Leases {
    private final JobQueue queue = queue(RETRY, clock);

    @Test
    void complete_held_isDone() {
      queue.enqueue(Job.of("a", ""));
      assertTrue(taken(queue).complete());
      passSeconds(3600);
      assertEquals(List.of(), takeAll(queue));
      assertEquals(new JobQueue.Stats(0, 0, 0, 1, 0), queue.stats());
    }

    @Test
    void complete_again_saysTheSame() {
      queue.enqueue(Job.of("a", ""));
      Lease lease = taken(queue);
      assertTrue(lease.complete());
      assertTrue(lease.complete());
      assertFalse(lease.fail("no"));
      assertFalse(lease.extend(MINUTE));
      assertEquals(new JobQueue.Stats(0, 0, 0, 1, 0), queue.stats());
    }

    @Test
    void take_leaseRanOut_isTheNextWorkers() {
      queue.enqueue(Job.of("a", ""));
      Lease first = taken(queue);
      clock.advance(MINUTE.minusMillis(1));
      assertEquals(Optional.empty(), queue.take(MINUTE));
      clock.advance(Duration.ofMillis(1));
      Lease second = taken(queue);
      assertEquals(2, second.attempt());
      assertEquals(2, second.fencingToken());
      assertFalse(first.complete());
      assertFalse(first.fail("late"));
      assertFalse(first.extend(MINUTE));
      assertTrue(second.complete());
      assertFalse(first.complete());
    }

    @Test
    void complete_ranOutButNobodyElseHasIt_isDone() {
      queue.enqueue(Job.of("a", ""));
      Lease lease = taken(queue);
      passSeconds(61);
      assertEquals(new JobQueue.Stats(1, 0, 0, 0, 0), queue.stats());
      assertTrue(lease.complete());
      assertEquals(Optional.empty(), queue.take(MINUTE));
    }

    @Test
    void extend_held_beginsAgain() {
      queue.enqueue(Job.of("a", ""));
      Lease lease = taken(queue);
      passSeconds(59);
      assertTrue(lease.extend(MINUTE));
      passSeconds(59);
      assertEquals(Optional.empty(), queue.take(MINUTE));
      passSeconds(1);
      assertEquals(2, taken(queue).attempt());
    }

    @Test
    void extend_shorter_endsEarlier() {
      queue.enqueue(Job.of("a", ""));
      assertTrue(taken(queue).extend(Duration.ofMillis(1)));
      clock.advance(Duration.ofMillis(1));
      assertEquals(List.of("a"), takeAll(queue));
    }

    @Test
    void extend_ranOutButNobodyElseHasIt_isHeldAgain() {
      queue.enqueue(Job.of("a", ""));
      Lease lease = taken(queue);
      passSeconds(61);
      assertEquals(1, queue.stats().ready());
      assertTrue(lease.extend(MINUTE));
      assertEquals(Optional.empty(), queue.take(MINUTE));
    }

    @Test
    void extend_outOfRange_isRefused() {
      queue.enqueue(Job.of("a", ""));
      Lease lease = taken(queue);
      assertEquals(
          "lease must be in [PT0.001S, PT876000H], was PT0S",
          messageOf(() -> lease.extend(Duration.ZERO)));
      assertNull("lease", () -> lease.extend(null));
      assertNull("reason", () -> lease.fail(null));
    }

    @Test
    void fail_held_comesBackAfterTheBackoff() {
      queue.enqueue(Job.of("a", ""));
      assertTrue(taken(queue).fail("disk full"));
      assertEquals(new JobQueue.Stats(0, 1, 0, 0, 0), queue.stats());
      clock.advance(Duration.ofMillis(9_999));
      assertEquals(Optional.empty(), queue.take(MINUTE));
      clock.advance(Duration.ofMillis(1));
      assertEquals(2, taken(queue).attempt());
    }

    @Test
    void fail_again_isLost() {
      queue.enqueue(Job.of("a", ""));
      Lease lease = taken(queue);
      assertTrue(lease.fail("once"));
      assertFalse(lease.fail("twice"));
      assertFalse(lease.complete());
      assertEquals(new JobQueue.Stats(0, 1, 0, 0, 0), queue.stats());
    }

    @Test
    void fail_backoffOutOfRange_isRefusedAndTheLeaseGoesOn() {
      JobQueue odd = queue(new Retry(3, attempt -> Duration.ofMillis(-attempt)), clock);
      odd.enqueue(Job.of("a", ""));
      Lease lease = taken(odd);
      assertEquals(
          "backoff must be in [PT0S, PT876000H], was PT-0.001S", messageOf(() -> lease.fail("no")));
      assertTrue(lease.complete());
    }
  }

  @Nested
  class DeadLetters {
    private final JobQueue queue = queue(RETRY, clock);

    @Test
    void fail_lastAttempt_isDead() {
      queue.enqueue(Job.of("a", "p"));
      die(queue);
      Instant death = TestClock.START.plusSeconds(30);
      assertEquals(List.of(new DeadLetter("a", "p", 3, "third", death)), queue.deadLetters(9));
      passSeconds(3600);
      assertEquals(List.of(), takeAll(queue));
      assertEquals(new JobQueue.Stats(0, 0, 0, 0, 1), queue.stats());
    }

    /** A job that kills its workers does not kill all of them. */
    @Test
    void take_lastLeaseRanOut_isDead() {
      queue.enqueue(Job.of("a", "p"));
      for (int attempt = 1; attempt <= 3; attempt++) {
        assertEquals(attempt, taken(queue).attempt());
        clock.advance(MINUTE);
      }
      passSeconds(100);
      assertEquals(Optional.empty(), queue.take(MINUTE));
      Instant death = TestClock.START.plusSeconds(180);
      assertEquals(
          List.of(new DeadLetter("a", "p", 3, "lease expired", death)), queue.deadLetters(1));
    }

    /** Each sees by itself that the lease ran out. */
    @Test
    void deadLetters_lastLeaseRanOut_isSeenByEveryCall() {
      JobQueue once = queue(new Retry(1, attempt -> Duration.ZERO), clock);
      once.enqueue(Job.of("a", ""));
      Lease lease = taken(once);
      clock.advance(MINUTE);
      assertEquals(new JobQueue.Stats(0, 0, 0, 0, 1), once.stats());
      assertFalse(lease.complete());
      assertFalse(lease.extend(MINUTE));
      assertTrue(once.redrive("a"));
      assertFalse(lease.complete());
      taken(once);
      clock.advance(MINUTE);
      assertEquals(1, once.deadLetters(1).size());
      assertTrue(once.redrive("a"));
      taken(once);
      clock.advance(MINUTE);
      assertTrue(once.redrive("a"));
      taken(once);
      clock.advance(MINUTE);
      assertTrue(once.discard("a"));
    }

    @Test
    void deadLetters_several_longestDeadFirst() {
      for (String key : List.of("c", "a", "b")) {
        queue.enqueue(Job.of(key, ""));
        die(queue);
      }
      assertEquals(
          List.of("c", "a"), queue.deadLetters(2).stream().map(DeadLetter::key).toList());
      assertEquals(3, queue.deadLetters(Integer.MAX_VALUE).size());
    }

    @Test
    void deadLetters_most_isChecked() {
      assertEquals("most must be >= 1, was 0", messageOf(() -> queue.deadLetters(0)));
    }

    @Test
    void fail_longReason_isCutBetweenCharacters() {
      JobQueue once = queue(new Retry(1, attempt -> Duration.ZERO), clock);
      once.enqueue(Job.of("a", ""));
      taken(once).fail("x".repeat(999) + "🔑");
      assertEquals("x".repeat(999), once.deadLetters(1).get(0).reason());
      once.redrive("a");
      taken(once).fail("x".repeat(998) + "🔑y");
      assertEquals("x".repeat(998) + "🔑", once.deadLetters(1).get(0).reason());
    }

    @Test
    void redrive_dead_isTriedAsOftenAgain() {
      queue.enqueue(Job.of("a", "p").withPriority(2));
      die(queue);
      assertTrue(queue.redrive("a"));
      assertFalse(queue.redrive("a"));
      Lease lease = taken(queue);
      assertEquals(Job.of("a", "p").withPriority(2), lease.job());
      assertEquals(1, lease.attempt());
      assertEquals(4, lease.fencingToken());
      assertTrue(lease.complete());
    }

    @Test
    void redrive_alive_isNothing() {
      queue.enqueue(Job.of("a", ""));
      assertFalse(queue.redrive("a"));
      assertFalse(queue.redrive("b"));
      assertFalse(queue.discard("a"));
      Lease lease = taken(queue);
      assertFalse(queue.redrive("a"));
      assertFalse(queue.discard("a"));
      lease.complete();
      assertFalse(queue.redrive("a"));
      assertFalse(queue.discard("a"));
      assertEquals(new JobQueue.Stats(0, 0, 0, 1, 0), queue.stats());
    }

    @Test
    void discard_dead_freesTheKey() {
      queue.enqueue(Job.of("a", ""));
      die(queue);
      assertTrue(queue.discard("a"));
      assertFalse(queue.discard("a"));
      assertEquals(List.of(), queue.deadLetters(1));
      assertTrue(queue.enqueue(Job.of("a", "")));
    }

    @Test
    void redrive_null_isRefused() {
      assertNull("key", () -> queue.redrive(null));
      assertNull("key", () -> queue.discard(null));
    }
  }

  @Test
  void stats_eachKind_isCounted() {
    JobQueue queue = queue(RETRY, clock);
    assertEquals(new JobQueue.Stats(0, 0, 0, 0, 0), queue.stats());
    queue.enqueue(Job.of("dead", ""));
    die(queue);
    for (String key : List.of("c1", "c2")) {
      queue.enqueue(Job.of(key, ""));
      taken(queue).complete();
    }
    for (String key : List.of("l1", "l2", "l3", "l4")) {
      queue.enqueue(Job.of(key, ""));
      taken(queue);
    }
    queue.enqueue(Job.of("ready", ""));
    for (String key : List.of("d1", "d2", "d3")) {
      queue.enqueue(Job.of(key, "").withDelay(MINUTE.plusMillis(1)));
    }
    assertEquals(new JobQueue.Stats(1, 3, 4, 2, 1), queue.stats());
    clock.advance(MINUTE);
    assertEquals(new JobQueue.Stats(5, 3, 0, 2, 1), queue.stats());
    clock.advance(Duration.ofMillis(1));
    assertEquals(new JobQueue.Stats(8, 0, 0, 2, 1), queue.stats());
  }

  @Test
  void take_fourThreads_eachJobOnce() throws Exception {
    JobQueue queue = queue(RETRY, clock);
    List<String> keys =
        IntStream.range(0, 120).mapToObj(i -> "job" + (1000 + i)).toList();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Callable<List<String>>> workers = new ArrayList<>();
    for (int worker = 0; worker < 4; worker++) {
      workers.add(() -> {
        List<String> done = new ArrayList<>();
        keys.forEach(key -> queue.enqueue(Job.of(key, "")));
        for (Optional<Lease> lease = queue.take(MINUTE);
            lease.isPresent();
            lease = queue.take(MINUTE)) {
          assertEquals(1, lease.get().fencingToken());
          assertTrue(lease.get().complete());
          done.add(lease.get().job().key());
        }
        return done;
      });
    }
    List<String> done = new ArrayList<>();
    try {
      for (Future<List<String>> worker : pool.invokeAll(workers)) {
        done.addAll(worker.get());
      }
    } finally {
      pool.shutdown();
    }
    assertEquals(keys, done.stream().sorted().toList());
    assertEquals(new JobQueue.Stats(0, 0, 0, 120, 0), queue.stats());
  }

  static String messageOf(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }
}
