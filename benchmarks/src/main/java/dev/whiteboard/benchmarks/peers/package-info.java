/**
 * What a block of a kind should do, tried on our blocks and, through adapters, on those of other libraries.
 *
 * <p>A {@link LawSuite} has {@link Law}s and {@link Subject}s and says who keeps which; {@link LawSuites} lists the suites.
 */
@NullMarked
package dev.whiteboard.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
