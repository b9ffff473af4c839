/** Hashing and identifiers that every other block stands on. */
module dev.whiteboard.core {
  requires static transitive org.jspecify;
  requires transitive com.google.common;

  exports dev.whiteboard.core.hash;
  exports dev.whiteboard.core.id;
}
