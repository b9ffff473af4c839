/** Who owns a key. */
module dev.whiteboard.partitioning {
  requires static transitive org.jspecify;
  requires com.google.common;
  requires dev.whiteboard.core;

  exports dev.whiteboard.partitioning;
}
