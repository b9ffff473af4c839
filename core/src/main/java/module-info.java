/** Hashing, identifiers, a job queue, signed links and permissions, on which the other blocks stand. */
module dev.whiteboard.core {
  requires static transitive org.jspecify;
  requires transitive com.google.common;
  requires transitive java.sql;
  requires org.slf4j;

  exports dev.whiteboard.core.hash;
  exports dev.whiteboard.core.id;
  exports dev.whiteboard.core.job;
  exports dev.whiteboard.core.security;
}
