/** Caches and their eviction policies. */
module dev.whiteboard.caching {
  requires static transitive org.jspecify;
  requires com.google.common;

  exports dev.whiteboard.caching;
}
