/** Subject, floor and rivals measured side by side in one run. */
@NullMarked
package dev.whiteboard.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
