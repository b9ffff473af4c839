/** Designs that are estimated, run and compared, and what they are run with. */
@NullMarked
package dev.whiteboard.benchmarks.designs;

import org.jspecify.annotations.NullMarked;
