package dev.whiteboard.benchmarks.designs.image;

import com.google.common.hash.Hashing;
import dev.whiteboard.benchmarks.designs.http.Call;
import dev.whiteboard.benchmarks.designs.http.Problem;
import dev.whiteboard.benchmarks.designs.http.Server;
import dev.whiteboard.benchmarks.designs.http.ServerBuilder;
import dev.whiteboard.benchmarks.designs.image.records.Image;
import dev.whiteboard.benchmarks.designs.image.records.Images;
import dev.whiteboard.benchmarks.designs.image.records.Thumbnail;
import dev.whiteboard.benchmarks.designs.image.records.Thumbnails;
import dev.whiteboard.benchmarks.designs.image.records.User;
import dev.whiteboard.benchmarks.designs.image.storage.StorageCluster;
import dev.whiteboard.caching.Cache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The image retrieval service: returns images, from the cache or else from storage.
 *
 * <pre>
 *   GET /i/{code}             the bytes, with ETag and ranges; signed links too
 *   GET /i/{code}/thumbnail   at most 256 pixels a side; 404 with Retry-After while it is not made yet
 *   GET /images               everybody's public images, newest first; ?mine=true one's own; ?below=CODE the next page;
 *                             ?tag=sea&amp;tag=sunset those with both tags
 *   GET /images/{code}        what is known of an image
 * </pre>
 *
 * <p><b>Idea.</b> The cache keeps the row and the bytes together, so that a hit needs neither database nor storage, and is
 * answered by the thread that read the request. However many clients miss the same image, one of them loads it. What does
 * not exist is remembered for a second. Thumbnails are in the same cache, and are not counted as views, hits or misses.
 */
final class ImageRetrievalServer implements AutoCloseable {
  /** What the cache holds; a thumbnail that has no content may be {@code wanted}, or else never has one. */
  private record Loaded(Image image, Optional<Content> content, boolean wanted) {
    static Loaded of(Image image, Content content) {
      return new Loaded(image, Optional.of(content), false);
    }
  }

  private static final int PAGE = 50;

  /** What the cache counts for an entry beside its bytes. */
  static final long ENTRY_BYTES = 500;

  private static final Duration UNKNOWN = Duration.ofSeconds(1);
  private static final Duration KNOWN = Duration.ofDays(365);

  private final Images images;
  private final Thumbnails thumbnails;
  private final StorageCluster storage;
  private final Access access;
  private final Limits limits;
  private final Codes codes;
  private final ViewCounts views;

  /** By {@link #imageKey} and {@link #thumbnailKey}. */
  private final Cache<Long, Optional<Loaded>> cache;

  private final LongAdder requests = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final Server server;

  ImageRetrievalServer(
      ImageParts parts, ViewCounts views, ImageSystemBuilder settings, ServerBuilder server) {
    images = parts.images();
    thumbnails = parts.thumbnails();
    storage = parts.storage();
    access = parts.access();
    limits = parts.limits();
    codes = parts.codes();
    this.views = views;
    cache = Cache.<Long, Optional<Loaded>>builder()
        .maximumWeight(settings.cacheBytes, (key, loaded) -> weigh(loaded))
        .policy(settings.policy)
        .segments(settings.cacheSegments)
        .expireAfter((key, loaded) -> loaded.isEmpty() || loaded.get().wanted ? UNKNOWN : KNOWN)
        .build();
    this.server = server
        .quickRoute("GET", "/i/{code}", this::get)
        .quickRoute("HEAD", "/i/{code}", this::get)
        .quickRoute("GET", "/i/{code}/thumbnail", this::getThumbnail)
        .quickRoute("HEAD", "/i/{code}/thumbnail", this::getThumbnail)
        .route("GET", "/images", this::list)
        .route("GET", "/images/{code}", this::describe)
        .start();
  }

  private static long weigh(Optional<Loaded> loaded) {
    return ENTRY_BYTES + loaded.flatMap(Loaded::content).map(Content::size).orElse(0);
  }

  private static long imageKey(long id) {
    return id;
  }

  /** Numbers of images are not negative, so the negative ones are free. */
  private static long thumbnailKey(long id) {
    return ~id;
  }

  private static boolean isThumbnail(long key) {
    return key < 0;
  }

  URI uri() {
    return server.uri();
  }

  /** Forgets an image that was changed, and its thumbnail. */
  void forget(long id) {
    cache.invalidate(imageKey(id));
    cache.invalidate(thumbnailKey(id));
  }

  /** How many requests found their image in the cache, or waited for another that loads it. */
  long hits() {
    return requests.sum() - misses.sum();
  }

  /** How many had to load it. */
  long misses() {
    return misses.sum();
  }

  /** How many bytes are cached, with what each entry takes besides. */
  long cachedBytes() {
    return cache.weight();
  }

  @Override
  public void close() {
    server.close();
  }

  private void get(Call call) {
    limits.read(call);
    answer(call, imageKey(id(call)));
  }

  private void getThumbnail(Call call) {
    limits.read(call);
    answer(call, thumbnailKey(id(call)));
  }

  private void answer(Call call, long key) {
    Optional<Loaded> cached = cache.getIfPresent(key);
    count(requests, key);
    if (cached == null) {
      call.later(later -> show(later, key, load(key)));
      return;
    }
    boolean needsSession = cached.filter(loaded -> !loaded.image.isPublic()).isPresent();
    if (needsSession) {
      call.later(later -> show(later, key, cached));
    } else {
      show(call, key, cached);
    }
  }

  private Optional<Loaded> load(long key) throws IOException {
    try {
      return cache.get(key, this::read);
    } catch (UncheckedIOException e) {
      throw Problem.of(503, "the image cannot be read now").with("Retry-After", "1");
    }
  }

  private static void count(LongAdder counter, long key) {
    if (!isThumbnail(key)) {
      counter.increment();
    }
  }

  private Optional<Loaded> read(long key) {
    count(misses, key);
    try {
      Optional<Image> image = images.find(isThumbnail(key) ? ~key : key);
      if (image.isEmpty()) {
        return Optional.empty();
      }
      return isThumbnail(key) ? readThumbnail(image.get()) : readImage(image.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read images", e);
    }
  }

  private Optional<Loaded> readImage(Image image) throws IOException {
    // The row may have gone since; then the file may too.
    return storage
        .read(image.id())
        .map(bytes -> Loaded.of(image, Content.of(bytes, image.contentType(), image.digest())));
  }

  private Optional<Loaded> readThumbnail(Image image) throws IOException, SQLException {
    Optional<Thumbnail> thumbnail = thumbnails.find(image.id());
    if (thumbnail.isEmpty()) {
      return Optional.empty();
    }
    if (thumbnail.get().state() != Thumbnail.State.READY) {
      boolean wanted = thumbnail.get().state() == Thumbnail.State.WANTED;
      return Optional.of(new Loaded(image, Optional.empty(), wanted));
    }
    return storage
        .read(thumbnail.get().fileId())
        .map(bytes -> Loaded.of(
            image,
            Content.of(
                bytes,
                ImageFormat.of(bytes).contentType(),
                Hashing.sha256().hashBytes(bytes).toString())));
  }

  private void show(Call call, long key, Optional<Loaded> found) {
    Loaded loaded = found.orElseThrow(ImageRetrievalServer::unknown);
    Image image = loaded.image;
    access.checkSee(call, image);
    Content content = loaded.content.orElseThrow(() -> noThumbnail(loaded.wanted));
    content.describe(call);
    call.set("Cache-Control", image.isPublic() ? "public, max-age=60" : "private, no-cache");
    if (content.isKnownTo(call)) {
      call.reply(304);
      return;
    }
    if (!isThumbnail(key)) {
      views.add(image.id());
    }
    content.send(call);
  }

  private static Problem noThumbnail(boolean isWanted) {
    return isWanted
        ? Problem.of(404, "the thumbnail is not made yet").with("Retry-After", "1")
        : Problem.of(404, "no thumbnail can be made of the image");
  }

  private void describe(Call call) throws SQLException {
    limits.read(call);
    Image image = images.find(id(call)).orElseThrow(ImageRetrievalServer::unknown);
    access.checkSee(call, image);
    call.reply(200, ImagePage.of(image, codes));
  }

  private void list(Call call) throws SQLException {
    limits.read(call);
    List<String> tags = Tags.of(call.parameters("tag"));
    long below = call.parameter("below").isEmpty() ? Long.MAX_VALUE : number(call, "below");
    List<Image> found;
    if (call.parameter("mine").equals(Optional.of("true"))) {
      User user = access.user(call);
      found = images.ofUser(user.id(), tags, below, PAGE);
    } else {
      found = images.ofEverybody(tags, below, PAGE);
    }
    String next = found.size() < PAGE ? "" : codes.encode(found.get(PAGE - 1).id());
    call.reply(
        200,
        new ImagePage.Listing(
            found.stream().map(image -> ImagePage.of(image, codes)).toList(), next));
  }

  private long id(Call call) {
    return number(call, "code");
  }

  private long number(Call call, String parameter) {
    OptionalLong number = codes.decode(call.part(parameter));
    return number.orElseThrow(ImageRetrievalServer::unknown);
  }

  private static Problem unknown() {
    return Problem.of(404, "there is no such image");
  }
}
