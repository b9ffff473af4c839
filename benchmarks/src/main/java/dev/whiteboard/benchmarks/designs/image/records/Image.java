package dev.whiteboard.benchmarks.designs.image.records;

import java.time.Instant;

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
    Instant created) {}
