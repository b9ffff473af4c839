/**
 * What the servers of a design have in common: routes, limits on size and time, errors as JSON problem details, a log line
 * and a timer for each request, and a shutdown that lets requests finish.
 */
@NullMarked
package dev.whiteboard.benchmarks.designs.http;

import org.jspecify.annotations.NullMarked;
