/**
 * Worked {@link dev.whiteboard.estimation.Design}s to read, to start from and to change: {@link
 * dev.whiteboard.estimation.designs.Designs} has them by name, one file each.
 */
@NullMarked
package dev.whiteboard.estimation.designs;

import org.jspecify.annotations.NullMarked;
