/** The report: what came out, as a page, as Markdown and as JSON. */
@NullMarked
package dev.whiteboard.benchmarks.report;

import org.jspecify.annotations.NullMarked;
