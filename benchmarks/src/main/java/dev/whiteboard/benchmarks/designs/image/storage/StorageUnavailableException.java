package dev.whiteboard.benchmarks.designs.image.storage;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** So many nodes do not answer that a file cannot be written or found. */
public final class StorageUnavailableException extends IOException {
  private static final long serialVersionUID = 1;

  StorageUnavailableException(String message, @Nullable IOException last) {
    super(message, last);
  }
}
