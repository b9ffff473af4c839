/** What the databases of the designs have in common: a pool of connections, single statements, and a schema in scripts. */
@NullMarked
package dev.whiteboard.benchmarks.designs.database;

import org.jspecify.annotations.NullMarked;
