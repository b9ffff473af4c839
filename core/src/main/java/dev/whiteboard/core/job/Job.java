package dev.whiteboard.core.job;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What is to be done.
 *
 * @param key what makes it this job and no other, such as {@code thumbnail:abc}: 1 to 255 characters. A queue takes a key
 *     once
 * @param payload what the worker needs to know, up to 4,000 characters; what is larger belongs in a store, and its name
 *     here
 * @param priority the larger, the sooner; any number
 * @param delay how long the queue waits before it gives the job away, from 0 to 36,500 days, read in whole milliseconds
 */
public record Job(String key, String payload, int priority, Duration delay) {
  /** The widths of the columns. */
  static final int LONGEST_KEY = 255;

  static final int LONGEST_PAYLOAD = 4000;

  /**
   * Describes a job.
   *
   * @param key what makes it this job and no other: 1 to 255 characters
   * @param payload what the worker needs to know, up to 4,000 characters
   * @param priority the larger, the sooner; any number
   * @param delay how long the queue waits before it gives the job away, from 0 to 36,500 days
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if {@code key}, {@code payload} or {@code delay} is out of range
   */
  public Job {
    Limits.checkLength(key, "key", 1, LONGEST_KEY);
    Limits.checkLength(payload, "payload", 0, LONGEST_PAYLOAD);
    Limits.checkDuration(delay, "delay", Duration.ZERO);
  }

  /**
   * Describes a job of priority 0 that is ready at once.
   *
   * @param key what makes it this job and no other: 1 to 255 characters
   * @param payload what the worker needs to know, up to 4,000 characters
   * @return a job
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static Job of(String key, String payload) {
    return new Job(key, payload, 0, Duration.ZERO);
  }

  /**
   * Returns this job with another priority.
   *
   * @param priority the larger, the sooner; any number
   * @return a job
   */
  public Job withPriority(int priority) {
    return new Job(key, payload, priority, delay);
  }

  /**
   * Returns this job with another delay.
   *
   * @param delay how long the queue waits before it gives the job away, from 0 to 36,500 days
   * @return a job
   * @throws NullPointerException if {@code delay} is null
   * @throws IllegalArgumentException if {@code delay} is out of range
   */
  public Job withDelay(Duration delay) {
    return new Job(key, payload, priority, requireNonNull(delay, "delay"));
  }
}
