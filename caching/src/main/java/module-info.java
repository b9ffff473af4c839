/** Caches and their eviction policies. */
module dev.whiteboard.caching {
  requires static transitive org.jspecify;
  requires transitive com.google.common;
  requires org.slf4j;

  exports dev.whiteboard.caching;
}
