/**
 * The image file storage: servers that keep files, each in a folder, and a cluster that says which of them keep a file and
 * carries files over when one joins or is lost.
 */
@NullMarked
package dev.whiteboard.benchmarks.designs.image.storage;

import org.jspecify.annotations.NullMarked;
