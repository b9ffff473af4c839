package dev.whiteboard.benchmarks.designs.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * The threads that read requests and send answers, for all servers of a process. They never wait: what waits has threads of
 * its own in each server, so that servers that ask one another cannot run out of them in a circle.
 */
public final class IoThreads implements AutoCloseable {
  static {
    System.setProperty("org.jboss.logging.provider", "slf4j");
  }

  private final XnioWorker worker;

  private IoThreads(XnioWorker worker) {
    this.worker = worker;
  }

  /** Starts as many threads as there are processors. */
  public static IoThreads start() {
    int processors = Runtime.getRuntime().availableProcessors();
    try {
      return new IoThreads(Xnio.getInstance()
          .createWorker(OptionMap.builder()
              .set(Options.WORKER_IO_THREADS, processors)
              .set(Options.WORKER_TASK_CORE_THREADS, 1)
              .set(Options.WORKER_TASK_MAX_THREADS, 1)
              .set(Options.TCP_NODELAY, true)
              .getMap()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start threads for servers", e);
    }
  }

  XnioWorker worker() {
    return worker;
  }

  /** Stops the threads; all servers must have been closed. */
  @Override
  public void close() {
    worker.shutdown();
  }
}
