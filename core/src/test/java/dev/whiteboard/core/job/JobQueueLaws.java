package dev.whiteboard.core.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** Whatever happens to workers, a queue does as a slow obvious model does. */
abstract class JobQueueLaws {
  private static final Retry RETRY = new Retry(3, attempt -> Duration.ofMillis(10L * attempt));
  private static final List<String> KEYS = List.of("a", "b", "c", "d");

  /** An empty queue. */
  abstract JobQueue queue(Retry retry, InstantSource time) throws Exception;

  enum Kind {
    ENQUEUE,
    TAKE,
    EXTEND,
    COMPLETE,
    FAIL,
    CRASH,
    PASS,
    REDRIVE,
    DISCARD,
    FORGET
  }

  /** The number says which key, which worker, which priority; the time is a delay, a lease, or what passes. */
  record Event(Kind kind, int number, long millis) {}

  @Provide
  Arbitrary<Event> events() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of(Kind.TAKE, Kind.ENQUEUE, Kind.PASS)),
                Tuple.of(4, Arbitraries.of(Kind.values()))),
            Arbitraries.integers().between(0, 7),
            Arbitraries.of(0L, 1L, 9L, 10L, 20L, 35L))
        .as(Event::new);
  }

  private enum State {
    QUEUED,
    LEASED,
    COMPLETED,
    DEAD
  }

  /** A job of the model. */
  private static final class Known {
    final String key;
    final int priority;
    State state = State.QUEUED;
    long at;
    int attempts;
    long token;

    Known(String key, int priority, long at) {
      this.key = key;
      this.priority = priority;
      this.at = at;
    }

    void become(State next, long time) {
      state = next;
      at = time;
    }
  }

  /** The queue and its model. */
  private static final class World {
    final TestClock clock = new TestClock();
    final JobQueue queue;
    final Map<String, Known> model = new TreeMap<>();

    /** The leases of workers that are alive, and of those that are slow. */
    final List<Lease> leases = new ArrayList<>();

    /** Which lease's completion counted, for each life of a key. */
    final Map<String, Long> effects = new HashMap<>();

    World(JobQueueLaws laws) throws Exception {
      queue = laws.queue(RETRY, clock);
    }

    void happens(Event event) {
      String key = KEYS.get(event.number() % KEYS.size());
      switch (event.kind()) {
        case ENQUEUE -> enqueue(key, event.number() % 3, event.millis());
        case TAKE -> take(event.millis() + 1);
        case PASS -> clock.advance(Duration.ofMillis(event.millis()));
        case REDRIVE -> redrive(key);
        case DISCARD -> discard(key);
        case FORGET -> forget(event.millis());
        default -> {
          if (!leases.isEmpty()) {
            worker(event, event.number() % leases.size());
          }
        }
      }
    }

    private void worker(Event event, int number) {
      Lease lease = leases.get(number);
      switch (event.kind()) {
        case EXTEND -> extend(lease, event.millis() + 1);
        case COMPLETE -> complete(lease);
        case FAIL -> fail(lease);
        default -> leases.remove(number);
      }
    }

    private void enqueue(String key, int priority, long delay) {
      Job job = new Job(key, "of " + key, priority, Duration.ofMillis(delay));
      assertEquals(!model.containsKey(key), queue.enqueue(job), "enqueue");
      model.putIfAbsent(key, new Known(key, priority, clock.millis() + delay));
    }

    private Stream<Known> in(State... states) {
      return model.values().stream().filter(known -> List.of(states).contains(known.state));
    }

    private void settle() {
      in(State.LEASED)
          .filter(known -> known.at <= clock.millis() && known.attempts == 3)
          .forEach(known -> known.state = State.DEAD);
    }

    private Optional<Known> first() {
      return in(State.QUEUED, State.LEASED)
          .filter(known -> known.at <= clock.millis())
          .min(Comparator.<Known>comparingInt(known -> -known.priority)
              .thenComparingLong(known -> known.at)
              .thenComparing(known -> known.key));
    }

    boolean take(long millis) {
      settle();
      Optional<Known> expected = first();
      Optional<Lease> lease = queue.take(Duration.ofMillis(millis));
      assertEquals(
          expected.map(known -> known.key), lease.map(taken -> taken.job().key()), "take");
      expected.ifPresent(known -> {
        known.attempts++;
        known.token++;
        known.become(State.LEASED, clock.millis() + millis);
        Lease taken = lease.orElseThrow();
        assertEquals("of " + known.key, taken.job().payload());
        assertEquals(known.attempts, taken.attempt());
        assertEquals(known.token, taken.fencingToken());
        leases.add(taken);
      });
      return lease.isPresent();
    }

    private boolean holds(Lease lease, State state) {
      Known known = model.get(lease.job().key());
      return known != null && known.state == state && known.token == lease.fencingToken();
    }

    private void extend(Lease lease, long millis) {
      boolean held = holds(lease, State.LEASED);
      assertEquals(held, lease.extend(Duration.ofMillis(millis)), "extend");
      if (held) {
        model.get(lease.job().key()).at = clock.millis() + millis;
      }
    }

    void complete(Lease lease) {
      String key = lease.job().key();
      boolean held = holds(lease, State.LEASED);
      boolean done = lease.complete();
      assertEquals(held || holds(lease, State.COMPLETED), done, "complete");
      if (held) {
        model.get(key).become(State.COMPLETED, clock.millis());
      }
      if (done) {
        Long before = effects.putIfAbsent(key, lease.fencingToken());
        assertTrue(before == null || before == lease.fencingToken(), "two effects for " + key);
      }
    }

    private void fail(Lease lease) {
      Known known = model.get(lease.job().key());
      boolean held = holds(lease, State.LEASED);
      assertEquals(held, lease.fail("no"), "fail");
      if (held && known.attempts == 3) {
        known.become(State.DEAD, clock.millis());
      } else if (held) {
        known.become(State.QUEUED, clock.millis() + 10L * known.attempts);
      }
    }

    private void redrive(String key) {
      settle();
      Known known = model.get(key);
      boolean dead = known != null && known.state == State.DEAD;
      assertEquals(dead, queue.redrive(key), "redrive");
      if (dead) {
        known.attempts = 0;
        known.become(State.QUEUED, clock.millis());
      }
    }

    private void discard(String key) {
      settle();
      boolean dead = model.containsKey(key) && model.get(key).state == State.DEAD;
      assertEquals(dead, queue.discard(key), "discard");
      if (dead) {
        gone(key);
      }
    }

    private void forget(long age) {
      List<String> old = in(State.COMPLETED)
          .filter(known -> known.at <= clock.millis() - age)
          .map(known -> known.key)
          .toList();
      assertEquals(old.size(), queue.forget(Duration.ofMillis(age)), "forget");
      old.forEach(this::gone);
    }

    /** The key is free: the next job of this key is another one, and what earlier leases say is not about it. */
    private void gone(String key) {
      model.remove(key);
      effects.remove(key);
      leases.removeIf(lease -> lease.job().key().equals(key));
    }

    void check() {
      settle();
      long due = in(State.QUEUED, State.LEASED)
          .filter(known -> known.at <= clock.millis())
          .count();
      assertEquals(
          new JobQueue.Stats(
              due,
              in(State.QUEUED).filter(known -> known.at > clock.millis()).count(),
              in(State.LEASED).filter(known -> known.at > clock.millis()).count(),
              in(State.COMPLETED).count(),
              in(State.DEAD).count()),
          queue.stats());
      assertEquals(
          in(State.DEAD)
              .sorted(Comparator.<Known>comparingLong(known -> known.at)
                  .thenComparing(known -> known.key))
              .map(known -> known.key + " " + known.at)
              .toList(),
          queue.deadLetters(10).stream()
              .map(letter -> letter.key() + " " + letter.since().toEpochMilli())
              .toList());
    }
  }

  @Property(tries = 100)
  void itDoesAsTheModelDoes(@ForAll @Size(min = 20, max = 60) List<@From("events") Event> events)
      throws Exception {
    World world = new World(this);
    for (Event event : events) {
      world.happens(event);
      if (event.number() == 0) {
        world.check();
      }
    }
    world.check();
  }

  /** All workers die, then a good one comes: whatever was enqueued is completed or a dead letter. */
  @Property(tries = 50)
  void nothingIsLostAndNothingIsDoneTwice(
      @ForAll @Size(min = 10, max = 60) List<@From("events") Event> events) throws Exception {
    World world = new World(this);
    for (Event event : events) {
      world.happens(event);
    }
    Set<String> enqueued = new HashSet<>(world.model.keySet());
    world.clock.advance(Duration.ofMinutes(1));
    while (world.take(1)) {
      world.complete(world.leases.get(world.leases.size() - 1));
    }
    JobQueue.Stats stats = world.queue.stats();
    assertEquals(enqueued.size(), stats.completed() + stats.dead());
    world.check();
  }
}
