/** Hashing and identifiers that every other block stands on. */
module dev.whiteboard.core {
  requires static transitive org.jspecify;
  requires transitive com.google.common;
  requires transitive java.sql;
  requires org.slf4j;

  exports dev.whiteboard.core.hash;
  exports dev.whiteboard.core.id;
}
