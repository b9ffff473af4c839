package dev.whiteboard.core.job;

import java.time.InstantSource;

class MemoryJobQueueProperties extends JobQueueLaws {
  @Override
  JobQueue queue(Retry retry, InstantSource time) {
    return new MemoryJobQueue(retry, time);
  }
}
