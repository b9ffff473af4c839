package dev.whiteboard.benchmarks.designs.image;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Throwables;
import com.google.common.io.Closer;
import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Starts parts side by side, for most of the time that a part takes to start goes into loading its classes; and stops what
 * was started, the last one first.
 */
final class Startup implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Closer closer = Closer.create();

  /** Starts a part in the background. */
  synchronized <T extends AutoCloseable> Future<T> begin(Callable<T> part) {
    Future<T> started = threads.submit(part);
    closer.register(() -> stop(started));
    return started;
  }

  /** Starts a part now. */
  <T extends AutoCloseable> T start(Callable<T> part) throws IOException, SQLException {
    return await(begin(part));
  }

  /** Has something done before the parts that were begun until now are stopped. */
  synchronized void onClose(Closeable last) {
    closer.register(last);
  }

  /** Waits for a part. */
  static <T> T await(Future<T> part) throws IOException, SQLException {
    try {
      return part.get();
    } catch (ExecutionException e) {
      Throwable cause = requireNonNull(e.getCause());
      Throwables.throwIfInstanceOf(cause, SQLException.class);
      Throwables.throwIfInstanceOf(cause, IOException.class);
      Throwables.throwIfUnchecked(cause);
      throw new IOException("cannot start", cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting", e);
    }
  }

  private static void stop(Future<? extends AutoCloseable> part) throws IOException {
    try {
      part.get().close();
    } catch (ExecutionException e) {
      // It never started, and who waited for it knows.
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closer.close();
    threads.shutdown();
  }
}
