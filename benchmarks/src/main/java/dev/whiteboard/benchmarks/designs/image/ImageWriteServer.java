package dev.whiteboard.benchmarks.designs.image;

import com.google.common.hash.Hashing;
import dev.whiteboard.benchmarks.designs.http.Call;
import dev.whiteboard.benchmarks.designs.http.Problem;
import dev.whiteboard.benchmarks.designs.http.Server;
import dev.whiteboard.benchmarks.designs.http.ServerBuilder;
import dev.whiteboard.benchmarks.designs.image.records.Image;
import dev.whiteboard.benchmarks.designs.image.records.Images;
import dev.whiteboard.benchmarks.designs.image.records.User;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * The image write service: creates, changes and deletes images.
 *
 * <pre>
 *   POST   /images?title=...&amp;public=true&amp;tags=sea,sunset
 *                                          the body is the image; 201, or 409 if the user has it already
 *   PUT    /images/{code}/visibility       {"isPublic": true}
 *   POST   /images/{code}/links            {"seconds": 3600}; a signed link
 *   DELETE /images/{code}
 * </pre>
 *
 * <p>and what {@link AccountPages} adds. Everything here is for those who are signed in.
 */
final class ImageWriteServer implements AutoCloseable {
  /** What the body of a change of visibility says. */
  record Visibility(boolean isPublic) {}

  /** What the body of a wish for a link says. */
  record LinkWish(long seconds) {}

  /** A signed link. */
  record Link(String url, String expires) {}

  private static final long LONGEST_LINK_SECONDS = Duration.ofDays(30).toSeconds();
  private static final int LONGEST_TITLE = 100;

  private final Images images;
  private final Archive archive;
  private final Access access;
  private final Limits limits;
  private final Codes codes;
  private final InstantSource clock;
  private final int maxBytes;
  private final LongConsumer changed;
  private final Server server;

  ImageWriteServer(ImageParts parts, AccountPages accounts, ServerBuilder server) {
    images = parts.images();
    archive = parts.archive();
    access = parts.access();
    limits = parts.limits();
    codes = parts.codes();
    clock = parts.clock();
    maxBytes = parts.maxBytes();
    changed = parts.changed();
    this.server = accounts
        .addTo(server)
        .route("POST", "/images", this::upload)
        .route("PUT", "/images/{code}/visibility", this::setVisibility)
        .route("POST", "/images/{code}/links", this::link)
        .route("DELETE", "/images/{code}", this::delete)
        .start();
  }

  URI uri() {
    return server.uri();
  }

  @Override
  public void close() {
    server.close();
  }

  private void upload(Call call) throws IOException, SQLException {
    User user = access.user(call);
    limits.upload(call, user.id());
    String title = title(call);
    List<String> tags = Tags.split(call.parameter("tags").orElse(""));
    boolean isPublic = call.parameter("public").equals(Optional.of("true"));
    byte[] bytes = call.body(maxBytes);
    Image image = new Image(
        codes.next(),
        user.id(),
        user.name(),
        title,
        ImageFormat.of(bytes).contentType(),
        bytes.length,
        Hashing.sha256().hashBytes(bytes).toString(),
        isPublic,
        tags,
        clock.instant());
    if (!archive.add(image, bytes)) {
      throw duplicate(user, image.digest());
    }
    ImagePage page = ImagePage.of(image, codes);
    call.set("Location", page.url()).reply(201, page);
  }

  private Problem duplicate(User user, String digest) throws SQLException {
    Problem problem = Problem.of(409, "you have uploaded this image already");
    return images
        .find(user.id(), digest)
        .map(image -> problem.with("Location", ImagePage.of(image, codes).url()))
        .orElse(problem);
  }

  /** Titles are labels and never names of files; what looks like a path is refused so that nobody takes it for one. */
  private static String title(Call call) {
    String title = call.parameter("title").orElse("").strip();
    boolean plain =
        title.codePoints().noneMatch(c -> Character.isISOControl(c) || c == '/' || c == '\\');
    if (title.isEmpty() || title.length() > LONGEST_TITLE || !plain) {
      throw Problem.of(
          400, "title must be 1 to " + LONGEST_TITLE + " characters without / \\ and controls");
    }
    return title;
  }

  private void setVisibility(Call call) throws IOException, SQLException {
    Image image = own(call);
    images.setPublic(image.id(), call.json(Visibility.class).isPublic());
    changed.accept(image.id());
    call.reply(204);
  }

  private void link(Call call) throws IOException, SQLException {
    Image image = own(call);
    long seconds = call.json(LinkWish.class).seconds();
    if (seconds < 1 || seconds > LONGEST_LINK_SECONDS) {
      throw Problem.of(400, "seconds must be in [1, " + LONGEST_LINK_SECONDS + "]");
    }
    Instant expires = clock.instant().plusSeconds(seconds);
    String path = ImagePage.PATH + codes.encode(image.id());
    call.reply(201, new Link(access.sign(path, expires), expires.toString()));
  }

  private void delete(Call call) throws SQLException {
    archive.remove(own(call).id());
    call.reply(204);
  }

  /** The image that the path names, if it is the user's. */
  private Image own(Call call) throws SQLException {
    User user = access.user(call);
    OptionalLong id = codes.decode(call.part("code"));
    Image image = (id.isPresent() ? images.find(id.getAsLong()) : Optional.<Image>empty())
        .orElseThrow(() -> Problem.of(404, "there is no such image"));
    access.checkChange(user, image);
    return image;
  }
}
