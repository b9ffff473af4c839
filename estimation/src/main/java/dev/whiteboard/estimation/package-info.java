/**
 * Estimates that keep their unit, their doubt and their working.
 *
 * <p>{@link dev.whiteboard.estimation.Design} is a system on a whiteboard: components, arrows and what the busiest second
 * asks of each. Its numbers come from a {@link dev.whiteboard.estimation.CapacityPlan}, which turns named assumptions into
 * traffic, storage, cache memory, bandwidth, servers and cost by formulas whose units must fit;
 * {@link dev.whiteboard.estimation.designs.Designs} has worked ones. Numbers are read as a
 * {@link dev.whiteboard.estimation.DataSize}, {@link dev.whiteboard.estimation.Count},
 * {@link dev.whiteboard.estimation.Rate}, {@link dev.whiteboard.estimation.Bandwidth},
 * {@link dev.whiteboard.estimation.TimeSpan} or {@link dev.whiteboard.estimation.Money}, and are an
 * {@link dev.whiteboard.estimation.Estimate} where they are doubtful.
 *
 * <p>The formulas, each with its source, take plain numbers. Load and latency: {@link dev.whiteboard.estimation.Queueing},
 * {@link dev.whiteboard.estimation.ErlangFormulas}, {@link dev.whiteboard.estimation.TailLatency},
 * {@link dev.whiteboard.estimation.RetryAmplification}, {@link dev.whiteboard.estimation.UniversalScalability} and
 * {@link dev.whiteboard.estimation.Speedup}. Failure: {@link dev.whiteboard.estimation.Availability} and
 * {@link dev.whiteboard.estimation.Durability}. Caches: {@link dev.whiteboard.estimation.Zipf} and
 * {@link dev.whiteboard.estimation.LruHitRatio}. Ids and sketches: {@link dev.whiteboard.estimation.BirthdayBound},
 * {@link dev.whiteboard.estimation.BloomSizing}, {@link dev.whiteboard.estimation.HyperLogLogSizing} and
 * {@link dev.whiteboard.estimation.CountMinSizing}.
 */
@NullMarked
package dev.whiteboard.estimation;

import org.jspecify.annotations.NullMarked;
