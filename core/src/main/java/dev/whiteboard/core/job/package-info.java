/**
 * Work that is done later, by somebody else, at least once.
 *
 * <p>{@link dev.whiteboard.core.job.JobQueue} says what a queue promises; {@link
 * dev.whiteboard.core.job.MemoryJobQueue} keeps it while the process lives, {@link
 * dev.whiteboard.core.job.SqlJobQueue} as long as the database. A {@link dev.whiteboard.core.job.Job} goes in, a worker
 * takes a {@link dev.whiteboard.core.job.Lease}, {@link dev.whiteboard.core.job.Retry} says when a failed job comes back,
 * and a {@link dev.whiteboard.core.job.DeadLetter} is one that does not.
 */
@NullMarked
package dev.whiteboard.core.job;

import org.jspecify.annotations.NullMarked;
