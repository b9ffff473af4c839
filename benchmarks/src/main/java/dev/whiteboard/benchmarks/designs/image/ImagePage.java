package dev.whiteboard.benchmarks.designs.image;

import dev.whiteboard.benchmarks.designs.image.records.Image;
import java.util.List;

/**
 * What clients are told of an image.
 *
 * @param code its short code
 * @param url where its bytes are
 * @param thumbnail where its thumbnail is, or will be unless none can be made
 * @param tags what it is found by
 * @param created as ISO 8601
 */
record ImagePage(
    String code,
    String url,
    String thumbnail,
    String title,
    String owner,
    String contentType,
    long bytes,
    boolean isPublic,
    List<String> tags,
    String created) {
  static final String PATH = "/i/";
  static final String THUMBNAIL = "/thumbnail";

  /**
   * Some images, newest first.
   *
   * @param next what to ask for the next page with; empty on the last
   */
  record Listing(List<ImagePage> images, String next) {}

  static ImagePage of(Image image, Codes codes) {
    String code = codes.encode(image.id());
    return new ImagePage(
        code,
        PATH + code,
        PATH + code + THUMBNAIL,
        image.title(),
        image.owner(),
        image.contentType(),
        image.bytes(),
        image.isPublic(),
        image.tags(),
        image.created().toString());
  }
}
