/** Limiters that decide, without blocking, how much may pass. */
module dev.whiteboard.ratelimit {
  requires static transitive org.jspecify;
  requires transitive com.google.common;
  requires transitive java.sql;
  requires org.slf4j;

  exports dev.whiteboard.ratelimit;
}
