/** Real request sequences, read as streams and replayed against caches. */
@NullMarked
package dev.whiteboard.benchmarks.traces;

import org.jspecify.annotations.NullMarked;
