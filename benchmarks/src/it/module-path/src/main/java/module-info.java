module example {
  requires dev.whiteboard.core;
  requires dev.whiteboard.estimation;
  requires dev.whiteboard.partitioning;
  requires dev.whiteboard.caching;
  requires dev.whiteboard.ratelimit;
}
