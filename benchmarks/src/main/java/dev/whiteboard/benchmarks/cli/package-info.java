/** The command line: {@link dev.whiteboard.benchmarks.cli.Whiteboard} is its entry. */
@NullMarked
package dev.whiteboard.benchmarks.cli;

import org.jspecify.annotations.NullMarked;
