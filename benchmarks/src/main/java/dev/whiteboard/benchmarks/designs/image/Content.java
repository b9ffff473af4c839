package dev.whiteboard.benchmarks.designs.image;

import com.google.common.base.Splitter;
import dev.whiteboard.benchmarks.designs.http.Call;
import dev.whiteboard.benchmarks.designs.http.Problem;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The bytes of an image or a thumbnail, as they are sent.
 *
 * @param etag changes with the bytes
 */
record Content(ByteBuffer bytes, String contentType, String etag) {
  private static final int ETAG_LENGTH = 32;

  /**
   * Wraps bytes, which must not change any more.
   *
   * @param digest the SHA-256 of the bytes, in hexadecimal
   */
  static Content of(byte[] bytes, String contentType, String digest) {
    return new Content(
        ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
        contentType,
        '"' + digest.substring(0, ETAG_LENGTH) + '"');
  }

  int size() {
    return bytes.capacity();
  }

  /** Says what there is, in header fields. */
  void describe(Call call) {
    call.set("ETag", etag).set("X-Content-Type-Options", "nosniff").set("Accept-Ranges", "bytes");
  }

  /** Whether the client has the bytes already. */
  boolean isKnownTo(Call call) {
    return call.header("If-None-Match").filter(this::isAmong).isPresent();
  }

  /**
   * Answers with the bytes, or the range of them that is asked for.
   *
   * @throws Problem 416 if the range is outside
   */
  void send(Call call) {
    call.set("Content-Type", contentType);
    Optional<ByteRange> range = call.header("Range")
        .filter(field -> call.header("If-Range").map(etag::equals).orElse(true))
        .flatMap(field -> ByteRange.parse(field, size()));
    if (range.isEmpty()) {
      call.bytes(200, bytes.duplicate());
      return;
    }
    call.set("Content-Range", range.get().contentRange(size()));
    if (range.get().length() == 0) {
      throw Problem.of(416, "the image has " + size() + " bytes");
    }
    call.bytes(206, bytes.slice(range.get().first(), range.get().length()));
  }

  /** Whether a list of entity tags has this one, weak or not. */
  private boolean isAmong(String field) {
    return field.strip().equals("*")
        || Splitter.on(',')
            .trimResults()
            .splitToStream(field)
            .anyMatch(tag -> tag.equals(etag) || tag.equals("W/" + etag));
  }
}
