/** Pictures, tables, numbers and JSON: how a result looks, whatever it is about. */
@NullMarked
package dev.whiteboard.benchmarks.render;

import org.jspecify.annotations.NullMarked;
