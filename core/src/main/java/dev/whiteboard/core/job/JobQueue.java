package dev.whiteboard.core.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps jobs until a worker has done them: with delay, priority, retries and dead letters.
 *
 * <pre>{@code
 * queue.enqueue(Job.of("thumbnail:abc", "abc"));
 * // in each worker:
 * queue.take(Duration.ofSeconds(30)).ifPresent(lease -> {
 *   try {
 *     makeThumbnail(lease.job().payload(), lease.fencingToken());
 *     lease.complete();
 *   } catch (IOException e) {
 *     lease.fail(e.toString());
 *   }
 * });
 * }</pre>
 *
 * <p><b>Idea.</b> A worker does not get a job, it gets a lease of it. If it dies, the lease ends, and the job is there for
 * the next one; so nothing is lost. The price is that two workers may be at one job, when the first was slow rather than
 * dead: it is done at least once. What must not happen twice is told apart by two numbers. The job's <i>key</i> is taken
 * once, so enqueuing may be repeated. The lease's <i>fencing token</i> grows with each taking: a store that refuses a
 * token below the largest it has seen for the key refuses the slow worker.
 *
 * <p>Of the jobs that are due, the one of the highest priority comes first; of equal ones the one that has been due for
 * longest, then the smaller key. A stream of high priority starves the rest. A job whose lease ran out is due from then
 * on, without a backoff.
 *
 * <p>A completed job is remembered, and its key refused, until {@link #forget}.
 *
 * <p><b>Thread safety.</b> Safe. No call waits for a job to come: the loop, its threads and its pauses are the caller's.
 *
 * <p><b>Instead.</b> Events that many read, or more than some thousand jobs a second: a log such as Kafka. Steps that
 * depend on each other: a workflow engine. Within one process and without retries: an {@code ExecutorService}.
 */
public interface JobQueue {
  /**
   * Adds a job, unless its key is known.
   *
   * @param job what is to be done
   * @return false if there is a job of this key already, whatever has become of it; it stays as it is
   * @throws NullPointerException if {@code job} is null
   * @throws JobQueueException if the database fails
   */
  boolean enqueue(Job job);

  /**
   * Takes the first job that is due.
   *
   * @param lease how long the worker may be silent, from 1 ms to 36,500 days, read in whole milliseconds; the others get
   *     the job of a dead worker that much later
   * @return the job and what may be said about it, or nothing if no job is due
   * @throws NullPointerException if {@code lease} is null
   * @throws IllegalArgumentException if {@code lease} is out of range
   * @throws JobQueueException if the database fails; a job may be leased then, and comes back when the lease ends
   */
  Optional<Lease> take(Duration lease);

  /**
   * Lists jobs that have failed too often, the longest dead first.
   *
   * @param most how many to list, 1 or more
   * @return the first dead letters
   * @throws IllegalArgumentException if {@code most} is out of range
   * @throws JobQueueException if the database fails
   */
  List<DeadLetter> deadLetters(int most);

  /**
   * Tries a dead letter again, as if it had just been enqueued without a delay. The fencing token goes on.
   *
   * @param key the job's key
   * @return false if there is no dead letter of this key
   * @throws NullPointerException if {@code key} is null
   * @throws JobQueueException if the database fails
   */
  boolean redrive(String key);

  /**
   * Deletes a dead letter. Its key is free then, and a new job of that key counts its tokens from 1 again.
   *
   * @param key the job's key
   * @return false if there is no dead letter of this key
   * @throws NullPointerException if {@code key} is null
   * @throws JobQueueException if the database fails
   */
  boolean discard(String key);

  /**
   * Forgets jobs that were completed some time ago. Their keys are free then, and their tokens start again: choose an age
   * beyond which nobody enqueues the same job again, and no worker is still at it. Call it now and then.
   *
   * @param age how long ago at least, from 0 to 36,500 days, read in whole milliseconds
   * @return how many were forgotten
   * @throws NullPointerException if {@code age} is null
   * @throws IllegalArgumentException if {@code age} is out of range
   * @throws JobQueueException if the database fails
   */
  int forget(Duration age);

  /**
   * Counts the jobs at this moment.
   *
   * @return how many there are of each kind
   * @throws JobQueueException if the database fails
   */
  Stats stats();

  /**
   * What {@link JobQueue#stats()} saw. Each job is counted once.
   *
   * @param ready how many could be taken, those whose lease ran out among them
   * @param delayed how many wait for their time
   * @param leased how many are with a worker
   * @param completed how many are done and not forgotten
   * @param dead how many are dead letters
   */
  record Stats(long ready, long delayed, long leased, long completed, long dead) {}
}
