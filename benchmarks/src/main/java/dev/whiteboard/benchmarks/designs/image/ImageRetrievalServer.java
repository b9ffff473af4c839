package dev.whiteboard.benchmarks.designs.image;

import com.google.common.base.Splitter;
import dev.whiteboard.benchmarks.designs.http.Call;
import dev.whiteboard.benchmarks.designs.http.Problem;
import dev.whiteboard.benchmarks.designs.http.Server;
import dev.whiteboard.benchmarks.designs.http.ServerBuilder;
import dev.whiteboard.benchmarks.designs.image.records.Image;
import dev.whiteboard.benchmarks.designs.image.records.Images;
import dev.whiteboard.benchmarks.designs.image.records.User;
import dev.whiteboard.benchmarks.designs.image.storage.StorageCluster;
import dev.whiteboard.caching.Cache;
import dev.whiteboard.caching.EvictionPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
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
 *   GET /i/{code}         the bytes, with ETag and ranges; signed links too
 *   GET /images           everybody's public images, newest first; ?mine=true one's own; ?below=CODE the next page
 *   GET /images/{code}    what is known of an image
 * </pre>
 *
 * <p><b>Idea.</b> The cache keeps the row and the bytes together, so that a hit needs neither database nor storage, and is
 * answered by the thread that read the request. However many clients miss the same image, one of them loads it. What does
 * not exist is remembered for a second.
 */
final class ImageRetrievalServer implements AutoCloseable {
  /** What the cache holds. */
  private record Loaded(Image image, ByteBuffer bytes, String etag) {}

  private static final int PAGE = 50;
  private static final long ENTRY_BYTES = 500;
  private static final Duration UNKNOWN = Duration.ofSeconds(1);
  private static final Duration KNOWN = Duration.ofDays(365);

  private final Images images;
  private final StorageCluster storage;
  private final Access access;
  private final Limits limits;
  private final Codes codes;
  private final ViewCounts views;
  private final Cache<Long, Optional<Loaded>> cache;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final Server server;

  ImageRetrievalServer(
      ImageParts parts,
      ViewCounts views,
      long cacheBytes,
      EvictionPolicy policy,
      ServerBuilder server) {
    images = parts.images();
    storage = parts.storage();
    access = parts.access();
    limits = parts.limits();
    codes = parts.codes();
    this.views = views;
    cache = Cache.<Long, Optional<Loaded>>builder()
        .maximumWeight(cacheBytes, (id, loaded) -> weigh(loaded))
        .policy(policy)
        .expireAfter((id, loaded) -> loaded.isEmpty() ? UNKNOWN : KNOWN)
        .build();
    this.server = server
        .quickRoute("GET", "/i/{code}", this::get)
        .quickRoute("HEAD", "/i/{code}", this::get)
        .route("GET", "/images", this::list)
        .route("GET", "/images/{code}", this::describe)
        .start();
  }

  private static long weigh(Optional<Loaded> loaded) {
    return ENTRY_BYTES + loaded.map(found -> found.bytes.capacity()).orElse(0);
  }

  URI uri() {
    return server.uri();
  }

  /** Forgets an image that was changed. */
  void forget(long id) {
    cache.invalidate(id);
  }

  /** How many requests found their image in the cache. */
  long hits() {
    return hits.sum();
  }

  /** How many did not. */
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
    long id = id(call);
    Optional<Loaded> cached = cache.getIfPresent(id);
    if (cached == null) {
      misses.increment();
      call.later(later -> show(later, load(id)));
      return;
    }
    hits.increment();
    boolean needsSession = cached.filter(loaded -> !loaded.image.isPublic()).isPresent();
    if (needsSession) {
      call.later(later -> show(later, cached));
    } else {
      show(call, cached);
    }
  }

  private Optional<Loaded> load(long id) throws IOException {
    try {
      return cache.get(id, this::read);
    } catch (UncheckedIOException e) {
      throw Problem.of(503, "the image cannot be read now").with("Retry-After", "1");
    }
  }

  private Optional<Loaded> read(long id) {
    try {
      Optional<Image> image = images.find(id);
      if (image.isEmpty()) {
        return Optional.empty();
      }
      // The row may have gone since; then the file may too.
      return storage
          .read(id)
          .map(bytes -> new Loaded(
              image.get(),
              ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
              '"' + image.get().digest().substring(0, 32) + '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read images", e);
    }
  }

  private void show(Call call, Optional<Loaded> found) {
    Loaded loaded = found.orElseThrow(ImageRetrievalServer::unknown);
    Image image = loaded.image;
    access.checkSee(call, image);
    call.set("ETag", loaded.etag)
        .set("Cache-Control", image.isPublic() ? "public, max-age=60" : "private, no-cache")
        .set("X-Content-Type-Options", "nosniff")
        .set("Accept-Ranges", "bytes");
    if (call.header("If-None-Match").filter(field -> names(field, loaded.etag)).isPresent()) {
      call.reply(304);
      return;
    }
    views.add(image.id());
    call.set("Content-Type", image.contentType());
    send(call, loaded);
  }

  private static void send(Call call, Loaded loaded) {
    int size = loaded.bytes.capacity();
    Optional<ByteRange> range = call.header("Range")
        .filter(field -> call.header("If-Range").map(loaded.etag::equals).orElse(true))
        .flatMap(field -> ByteRange.parse(field, size));
    if (range.isEmpty()) {
      call.bytes(200, loaded.bytes.duplicate());
      return;
    }
    call.set("Content-Range", range.get().contentRange(size));
    if (range.get().length() == 0) {
      throw Problem.of(416, "the image has " + size + " bytes");
    }
    call.bytes(206, loaded.bytes.slice(range.get().first(), range.get().length()));
  }

  /** Whether a list of entity tags has this one, weak or not. */
  private static boolean names(String field, String etag) {
    return field.strip().equals("*")
        || Splitter.on(',')
            .trimResults()
            .splitToStream(field)
            .anyMatch(tag -> tag.equals(etag) || tag.equals("W/" + etag));
  }

  private void describe(Call call) throws SQLException {
    limits.read(call);
    Image image = images.find(id(call)).orElseThrow(ImageRetrievalServer::unknown);
    access.checkSee(call, image);
    call.reply(200, ImagePage.of(image, codes));
  }

  private void list(Call call) throws SQLException {
    limits.read(call);
    long below = call.parameter("below").isEmpty() ? Long.MAX_VALUE : number(call, "below");
    List<Image> found;
    if (call.parameter("mine").equals(Optional.of("true"))) {
      User user = access.user(call);
      found = images.ofUser(user.id(), below, PAGE);
    } else {
      found = images.ofEverybody(below, PAGE);
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
