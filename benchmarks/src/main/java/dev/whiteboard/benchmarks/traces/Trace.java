package dev.whiteboard.benchmarks.traces;

import static java.util.Objects.requireNonNullElseGet;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file of requests, plain or gzip, that is read as a stream: memory does not grow with its length.
 *
 * @param file where it is
 * @param format how its keys are written
 */
public record Trace(Path file, TraceFormat format) implements Requests {
  private static final int GZIP_MAGIC = 0x1f8b;

  /**
   * Opens nothing yet.
   *
   * @param file the file
   * @param format its format, or null to tell it by the name: {@code .i64}, {@code .csv}, anything else is lines
   */
  public static Trace of(Path file, @Nullable TraceFormat format) {
    return new Trace(
        file,
        requireNonNullElseGet(format, () -> TraceFormat.of(String.valueOf(file.getFileName()))));
  }

  /**
   * Hands over every request in order.
   *
   * @throws TraceException if the content is not of the format, with a message that continues the file's name
   * @throws IOException if the file cannot be read
   */
  @Override
  public void forEach(Sink sink) throws IOException {
    try (InputStream in = unzipped(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      format.read(in, sink);
    } catch (EOFException e) {
      throw new TraceException("ends in the middle of its gzip stream: copy it again");
    } catch (ZipException e) {
      throw new TraceException("is damaged gzip (" + e.getMessage() + "): copy it again");
    }
  }

  private static InputStream unzipped(InputStream in) throws IOException {
    in.mark(2);
    int magic = in.read() << 8 | in.read();
    in.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in;
  }
}
