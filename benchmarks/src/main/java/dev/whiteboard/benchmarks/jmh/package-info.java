/** The JMH benchmarks, one class per block; each has a floor and a rival. */
@NullMarked
package dev.whiteboard.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
