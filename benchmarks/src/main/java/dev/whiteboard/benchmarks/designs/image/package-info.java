/** The image service of the design note, in one process: predicted, run and compared. */
@NullMarked
package dev.whiteboard.benchmarks.designs.image;

import org.jspecify.annotations.NullMarked;
