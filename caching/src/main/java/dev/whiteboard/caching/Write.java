package dev.whiteboard.caching;

import org.jspecify.annotations.Nullable;

/** When a write may happen. */
enum Write {
  ALWAYS,
  IF_ABSENT,
  IF_PRESENT,
  /** If the key has the expected value: that very object. */
  IF_SAME;

  boolean allows(@Nullable Object before, @Nullable Object expected) {
    return switch (this) {
      case ALWAYS -> true;
      case IF_ABSENT -> before == null;
      case IF_PRESENT -> before != null;
      case IF_SAME -> before == expected;
    };
  }
}
