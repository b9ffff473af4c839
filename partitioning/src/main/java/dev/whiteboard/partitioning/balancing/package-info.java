/**
 * Balancers: of several servers that can all answer a request, which one gets it.
 *
 * <p>{@link dev.whiteboard.partitioning.balancing.TwoChoices} is the usual choice: nearly as good as looking at every
 * server, at the cost of looking at two. {@link dev.whiteboard.partitioning.balancing.RoundRobin} and {@link
 * dev.whiteboard.partitioning.balancing.SmoothRoundRobin} take turns, {@link
 * dev.whiteboard.partitioning.balancing.LeastInFlight} looks at all, {@link
 * dev.whiteboard.partitioning.balancing.PeakEwma} avoids who has become slow. {@link
 * dev.whiteboard.partitioning.balancing.SlowStart} and {@link dev.whiteboard.partitioning.balancing.ZonePreference}
 * wrap another balancer. All are thread-safe and see servers as {@link
 * dev.whiteboard.partitioning.balancing.Backend}s.
 */
@NullMarked
package dev.whiteboard.partitioning.balancing;

import org.jspecify.annotations.NullMarked;
