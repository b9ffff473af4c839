/** Who owns a key. */
module dev.whiteboard.partitioning {
  requires static transitive org.jspecify;
  requires transitive com.google.common;
  requires dev.whiteboard.core;

  exports dev.whiteboard.partitioning;
  exports dev.whiteboard.partitioning.balancing;
}
