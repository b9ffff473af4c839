package dev.whiteboard.benchmarks.designs.image.records;

/**
 * What has become of an image's thumbnail.
 *
 * @param imageId whose it is
 * @param state whether there is one
 * @param fileId the number of its file; of use only if it is READY
 */
public record Thumbnail(long imageId, State state, long fileId) {
  /** Whether there is one. */
  public enum State {
    /** It is still to be made. */
    WANTED,
    /** It is there. */
    READY,
    /** None can be made of the image. */
    NONE
  }
}
