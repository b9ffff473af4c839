/** Limiters that decide, without blocking, how much may pass. */
module dev.whiteboard.ratelimit {
  requires static transitive org.jspecify;
  requires transitive com.google.common;

  exports dev.whiteboard.ratelimit;
}
