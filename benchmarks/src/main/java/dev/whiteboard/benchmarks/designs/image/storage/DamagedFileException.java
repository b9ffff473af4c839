package dev.whiteboard.benchmarks.designs.image.storage;

import java.io.IOException;

/** A file's content is not what was written. */
final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedFileException(long id) {
    super("file " + id + " is damaged");
  }
}
