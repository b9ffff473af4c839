package dev.whiteboard.core.job;

import java.time.Instant;

/**
 * A job that is not tried any more, until somebody has looked at it.
 *
 * @param key the job's key
 * @param payload the job's payload
 * @param attempts how often it was taken since it was enqueued or redriven
 * @param reason what the last worker said, cut after 1,000 characters, or {@code lease expired} if it said nothing
 * @param since when the last attempt failed or its lease ended, in whole milliseconds
 */
public record DeadLetter(String key, String payload, int attempts, String reason, Instant since) {}
