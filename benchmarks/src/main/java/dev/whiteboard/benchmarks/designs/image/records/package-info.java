/** What the image service knows in its database: users, sessions, images and views, joined by user id. */
@NullMarked
package dev.whiteboard.benchmarks.designs.image.records;

import org.jspecify.annotations.NullMarked;
