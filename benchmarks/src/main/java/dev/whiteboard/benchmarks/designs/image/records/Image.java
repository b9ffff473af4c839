package dev.whiteboard.benchmarks.designs.image.records;

import java.time.Instant;
import java.util.List;

/**
 * What is known of an image, joined with its owner.
 *
 * @param id its number, which is also that of its file
 * @param userId whose it is
 * @param owner that user's name
 * @param title what its owner calls it
 * @param contentType what it is, for instance {@code image/png}
 * @param bytes its length
 * @param digest the SHA-256 of its bytes, in hexadecimal
 * @param isPublic whether everybody may see it
 * @param tags words that it is found by, each once and without a comma
 * @param created when it was uploaded
 */
public record Image(
    long id,
    long userId,
    String owner,
    String title,
    String contentType,
    long bytes,
    String digest,
    boolean isPublic,
    List<String> tags,
    Instant created) {
  /** Keeps what is known. */
  public Image {
    tags = List.copyOf(tags);
  }
}
