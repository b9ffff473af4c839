package dev.whiteboard.core.job;

import static java.util.Objects.requireNonNull;

import com.google.common.math.LongMath;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A queue in this process's memory, which is gone with it.
 *
 * <p><b>Idea.</b> Two sorted sets: what waits for a time, by that time, and what is due, by priority. A leased job waits
 * for the end of its lease like a delayed one for the end of its delay. Time moves jobs from the first set to the second.
 *
 * <p><b>Cost.</b> O(log n) a call, but for {@link #forget}, {@link #stats} and {@link #deadLetters}, which look at each
 * job. Some 250 bytes a job besides its texts, completed ones included.
 * <b>Thread safety.</b> Safe; one lock. A clock that goes back stands still here.
 *
 * <p><b>Instead.</b> {@link SqlJobQueue}, if jobs must survive the process or several processes work on them.
 */
public final class MemoryJobQueue implements JobQueue {
  private enum State {
    QUEUED,
    LEASED,
    COMPLETED,
    DEAD
  }

  /** A job and what has become of it; the lock guards it. */
  private static final class Entry {
    final Job job;
    State state = State.QUEUED;
    int attempts;
    long token;

    /** When it is due: the end of the delay or lease; of a job that is over, when that was. */
    long time;

    String reason = "";

    Entry(Job job, long time) {
      this.job = job;
      this.time = time;
    }

    DeadLetter letter() {
      return new DeadLetter(job.key(), job.payload(), attempts, reason, Instant.ofEpochMilli(time));
    }
  }

  private static final Comparator<Entry> BY_TIME =
      Comparator.<Entry>comparingLong(entry -> entry.time).thenComparing(entry -> entry.job.key());

  private static final Comparator<Entry> BY_PRIORITY = Comparator.<Entry>comparingInt(
          entry -> entry.job.priority())
      .reversed()
      .thenComparing(BY_TIME);

  private final Retry retry;
  private final InstantSource clock;
  private final Lease.Keeper keeper = new MemoryKeeper();

  /* The lock this guards everything below. Each job is in one of the sets, unless it is over. */
  private final Map<String, Entry> entries = new HashMap<>();
  private final TreeSet<Entry> waiting = new TreeSet<>(BY_TIME);
  private final TreeSet<Entry> due = new TreeSet<>(BY_PRIORITY);
  private long latest = Long.MIN_VALUE;

  /**
   * Creates an empty queue.
   *
   * @param retry how often a job is tried
   * @param clock the source of the time of day
   * @throws NullPointerException if an argument is null
   */
  public MemoryJobQueue(Retry retry, InstantSource clock) {
    this.retry = requireNonNull(retry, "retry");
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public synchronized boolean enqueue(Job job) {
    requireNonNull(job, "job");
    long time = LongMath.saturatedAdd(now(), job.delay().toMillis());
    Entry entry = new Entry(job.withDelay(Duration.ZERO), time);
    return entries.putIfAbsent(job.key(), entry) == null && waiting.add(entry);
  }

  @Override
  public synchronized Optional<Lease> take(Duration lease) {
    Limits.checkDuration(lease, "lease", Limits.SHORTEST_LEASE);
    settle();
    Entry entry = due.pollFirst();
    if (entry == null) {
      return Optional.empty();
    }
    entry.attempts++;
    entry.token++;
    become(entry, State.LEASED, LongMath.saturatedAdd(now(), lease.toMillis()));
    return Optional.of(new Lease(keeper, entry.job, entry.attempts, entry.token));
  }

  @Override
  public synchronized List<DeadLetter> deadLetters(int most) {
    Limits.checkMost(most);
    settle();
    return entries.values().stream()
        .filter(entry -> entry.state == State.DEAD)
        .sorted(BY_TIME)
        .limit(most)
        .map(Entry::letter)
        .toList();
  }

  @Override
  public synchronized boolean redrive(String key) {
    Entry entry = dead(key);
    if (entry == null) {
      return false;
    }
    entry.attempts = 0;
    entry.reason = "";
    become(entry, State.QUEUED, now());
    return true;
  }

  @Override
  public synchronized boolean discard(String key) {
    Entry entry = dead(key);
    return entry != null && entries.remove(key, entry);
  }

  @Override
  public synchronized int forget(Duration age) {
    Limits.checkDuration(age, "age", Duration.ZERO);
    long before = LongMath.saturatedSubtract(now(), age.toMillis());
    int known = entries.size();
    entries.values().removeIf(entry -> entry.state == State.COMPLETED && entry.time <= before);
    return known - entries.size();
  }

  @Override
  public synchronized Stats stats() {
    settle();
    return new Stats(
        due.size(),
        count(waiting, State.QUEUED),
        count(waiting, State.LEASED),
        count(entries.values(), State.COMPLETED),
        count(entries.values(), State.DEAD));
  }

  private static long count(Collection<Entry> entries, State state) {
    return entries.stream().filter(entry -> entry.state == state).count();
  }

  private long now() {
    latest = Math.max(latest, clock.millis());
    return latest;
  }

  /** Does what time alone does: jobs become due, and those whose last lease ran out die. */
  private void settle() {
    long now = now();
    while (!waiting.isEmpty() && waiting.first().time <= now) {
      Entry entry = requireNonNull(waiting.pollFirst());
      if (entry.state == State.LEASED && entry.attempts >= retry.attempts()) {
        entry.reason = Lease.EXPIRED;
        become(entry, State.DEAD, entry.time);
      } else {
        due.add(entry);
      }
    }
  }

  /** The sets are sorted by what changes here, so the entry leaves them first. */
  private void become(Entry entry, State state, long time) {
    waiting.remove(entry);
    due.remove(entry);
    entry.state = state;
    entry.time = time;
    if (state == State.QUEUED || state == State.LEASED) {
      waiting.add(entry);
    }
  }

  private @Nullable Entry dead(String key) {
    requireNonNull(key, "key");
    settle();
    Entry entry = entries.get(key);
    return entry != null && entry.state == State.DEAD ? entry : null;
  }

  private final class MemoryKeeper implements Lease.Keeper {
    @Override
    public boolean complete(String key, long token) {
      synchronized (MemoryJobQueue.this) {
        Entry entry = entries.get(key);
        if (entry == null || entry.token != token) {
          return false;
        }
        if (entry.state == State.LEASED) {
          become(entry, State.COMPLETED, now());
        }
        return entry.state == State.COMPLETED;
      }
    }

    @Override
    public boolean fail(String key, long token, int attempt, String reason) {
      Optional<Duration> wait = retry.after(attempt);
      synchronized (MemoryJobQueue.this) {
        Entry entry = held(key, token);
        if (entry == null) {
          return false;
        }
        entry.reason = reason;
        become(
            entry,
            wait.isPresent() ? State.QUEUED : State.DEAD,
            LongMath.saturatedAdd(now(), wait.orElse(Duration.ZERO).toMillis()));
        return true;
      }
    }

    @Override
    public boolean extend(String key, long token, Duration lease) {
      synchronized (MemoryJobQueue.this) {
        Entry entry = held(key, token);
        if (entry != null) {
          become(entry, State.LEASED, LongMath.saturatedAdd(now(), lease.toMillis()));
        }
        return entry != null;
      }
    }

    private @Nullable Entry held(String key, long token) {
      Entry entry = entries.get(key);
      return entry != null && entry.state == State.LEASED && entry.token == token ? entry : null;
    }
  }
}
