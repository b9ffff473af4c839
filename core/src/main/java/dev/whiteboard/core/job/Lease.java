package dev.whiteboard.core.job;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A job in a worker's hands, for a while.
 *
 * <p>A lease that has run out still counts until somebody else has taken the job, or it was found to be a dead letter.
 * Until then it may be completed, failed or extended; from then on each of these returns false and changes nothing.
 *
 * <p><b>Thread safety.</b> As the queue's: one thread may extend it while another works.
 */
public final class Lease {
  /** What is said of a worker that says nothing. */
  static final String EXPIRED = "lease expired";

  private static final int LONGEST_REASON = 1000;

  private final Keeper keeper;
  private final Job job;
  private final int attempt;
  private final long token;

  /** What a queue does for its leases. The token says who asks. */
  interface Keeper {
    boolean complete(String key, long token);

    boolean fail(String key, long token, int attempt, String reason);

    boolean extend(String key, long token, Duration lease);
  }

  Lease(Keeper keeper, Job job, int attempt, long token) {
    this.keeper = keeper;
    this.job = job;
    this.attempt = attempt;
    this.token = token;
  }

  /**
   * Returns what is to be done.
   *
   * @return the job as it was enqueued, but for the delay, which is over and reads as zero
   */
  public Job job() {
    return job;
  }

  /**
   * Returns which attempt this is.
   *
   * @return 1 for the first since the job was enqueued or redriven
   */
  public int attempt() {
    return attempt;
  }

  /**
   * Returns which taking of the job this is. A store that remembers the largest token for the key can refuse a worker
   * whose lease is lost.
   *
   * @return a number from 1 on, larger than that of every earlier lease of the job
   */
  public long fencingToken() {
    return token;
  }

  /**
   * Says that the job is done. May be repeated.
   *
   * @return false if the lease is lost; true if it is this lease that has completed the job
   * @throws JobQueueException if the database fails
   */
  public boolean complete() {
    return keeper.complete(job.key(), token);
  }

  /**
   * Says that the attempt has failed. The job comes back after the backoff, or is a dead letter if this was the last
   * attempt.
   *
   * @param reason what an operator should read; the first 1,000 characters are kept
   * @return false if the lease is lost or was failed before
   * @throws NullPointerException if {@code reason} is null
   * @throws IllegalArgumentException if the backoff returns a wait that is out of range
   * @throws JobQueueException if the database fails
   */
  public boolean fail(String reason) {
    requireNonNull(reason, "reason");
    return keeper.fail(job.key(), token, attempt, cut(reason));
  }

  /**
   * Begins the lease again: the heartbeat of a long job.
   *
   * @param lease how long the worker may be silent from now on, from 1 ms to 36,500 days, read in whole milliseconds
   * @return false if the lease is lost: somebody else may be at the job
   * @throws NullPointerException if {@code lease} is null
   * @throws IllegalArgumentException if {@code lease} is out of range
   * @throws JobQueueException if the database fails
   */
  public boolean extend(Duration lease) {
    Limits.checkDuration(lease, "lease", Limits.SHORTEST_LEASE);
    return keeper.extend(job.key(), token, lease);
  }

  /** Does not leave half a character at the end. */
  private static String cut(String reason) {
    if (reason.length() <= LONGEST_REASON) {
      return reason;
    }
    boolean splits = Character.isHighSurrogate(reason.charAt(LONGEST_REASON - 1));
    return reason.substring(0, splits ? LONGEST_REASON - 1 : LONGEST_REASON);
  }
}
