/** What people say about systems, each sentence with an experiment that anyone can rerun. */
@NullMarked
package dev.whiteboard.benchmarks.claims;

import org.jspecify.annotations.NullMarked;
