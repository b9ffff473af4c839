package dev.whiteboard.benchmarks.designs.image;

import static dev.whiteboard.benchmarks.designs.image.Client.field;
import static dev.whiteboard.benchmarks.designs.image.Client.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ticker;
import dev.whiteboard.benchmarks.designs.database.Database;
import dev.whiteboard.benchmarks.designs.image.records.Images;
import dev.whiteboard.benchmarks.designs.image.records.Thumbnails;
import dev.whiteboard.ratelimit.Limit;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thumbnails from upload to deletion. They are made when the test says so. */
class ThumbnailTest {
  @TempDir
  static Path data;

  private static final String URL = "jdbc:h2:mem:thumbnails";

  /** How far the wall clock is ahead. */
  private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

  private static ImageSystem system;
  private static Database database;
  private static Client ada;
  private static Client nobody;
  private static int pictures;

  @BeforeAll
  static void start() throws Exception {
    InstantSource clock = () -> Instant.now().plus(AHEAD.get());
    system = ImageSystem.builder(data)
        .jdbcUrl(URL)
        .thumbnails(false)
        .passwordIterations(10)
        .forced(false)
        .sources(clock, Ticker.systemTicker(), new Random(1))
        .limits(Limit.perSecond(10_000), Limit.perSecond(10_000), Limit.perSecond(10_000))
        .start();
    database = Database.open(URL, Images.SCHEMA);
    nobody = Client.of(system);
    ada = nobody.signUp("ada");
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    system.close();
  }

  private static String add(boolean isPublic) {
    return "/i/" + ada.add("picture", isPublic, Pictures.png(pictures++));
  }

  private static HttpResponse<byte[]> thumbnail(Client client, String image) {
    return client.get(image + "/thumbnail");
  }

  private static int status(Client client, String image) {
    return thumbnail(client, image).statusCode();
  }

  /** Fails and waits as often as jobs are tried. */
  private static void exhaust() {
    for (int attempt = 0; attempt < 4; attempt++) {
      system.makeThumbnails();
      AHEAD.updateAndGet(ahead -> ahead.plusMinutes(2));
    }
  }

  /** The id of the image that was uploaded last. */
  private static long newest() throws SQLException {
    return database.first(row -> row.getLong(1), "select max(id) from images").orElseThrow();
  }

  @Test
  void get_thatIsNotMadeYet_is404WithRetryAfter() {
    String image = add(true);
    HttpResponse<byte[]> early = thumbnail(nobody, image);
    assertEquals(404, early.statusCode());
    assertEquals("the thumbnail is not made yet", json(early).get("detail").getAsString());
    assertEquals("1", field(early, "Retry-After"));
    system.makeThumbnails();
    assertEquals(200, status(nobody, image));
  }

  @Test
  void get_largeImage_isSmallWithTheSameHeadersAsTheImage() throws Exception {
    BufferedImage large = new BufferedImage(1000, 500, BufferedImage.TYPE_INT_RGB);
    String image = "/i/" + ada.add("large", true, Pictures.encode(large, "png"));
    system.makeThumbnails();
    HttpResponse<byte[]> made = thumbnail(nobody, image);
    BufferedImage small = ImageIO.read(new ByteArrayInputStream(made.body()));
    assertEquals(256, small.getWidth());
    assertEquals(128, small.getHeight());
    assertEquals("image/jpeg", field(made, "Content-Type"));
    assertEquals("public, max-age=60", field(made, "Cache-Control"));
    assertEquals("nosniff", field(made, "X-Content-Type-Options"));
    String etag = field(made, "ETag");
    assertNotEquals(etag, field(nobody.get(image), "ETag"));
    assertEquals(304, nobody.get(image + "/thumbnail", "If-None-Match", etag).statusCode());
  }

  @Test
  void get_privateImages_isForTheOwnerAlone_madeOrNot() {
    String image = add(false);
    HttpResponse<byte[]> early = thumbnail(nobody, image);
    assertEquals("there is no such image", json(early).get("detail").getAsString());
    assertEquals("", field(early, "Retry-After"));
    assertEquals("1", field(thumbnail(ada, image), "Retry-After"));
    system.makeThumbnails();
    assertEquals("private, no-cache", field(thumbnail(ada, image), "Cache-Control"));
    assertEquals(404, status(nobody, image));
  }

  @Test
  void setVisibility_cachedThumbnail_countsAtOnce() {
    String image = add(true);
    system.makeThumbnails();
    assertEquals(200, status(nobody, image));
    ada.put(image.replace("/i/", "/images/") + "/visibility", "{\"isPublic\": false}");
    assertEquals(404, status(nobody, image));
  }

  @Test
  void get_thumbnail_isNoViewAndNeitherHitNorMiss() throws Exception {
    String image = add(true);
    system.makeThumbnails();
    long reads = system.cacheHits() + system.cacheMisses();
    status(nobody, image);
    status(nobody, image);
    system.flushViews();
    assertEquals(reads, system.cacheHits() + system.cacheMisses());
    assertEquals(
        List.of(),
        database.list(
            row -> row.getLong(1),
            "select views from views where image_id = (select max(id) from images)"));
  }

  @Test
  void delete_image_takesItsThumbnailAlong() throws Exception {
    Set<Long> before = system.storage().ids();
    String image = add(true);
    system.makeThumbnails();
    assertEquals(before.size() + 2, system.storage().ids().size());
    assertEquals(200, status(nobody, image));
    ada.delete(image.replace("/i/", "/images/"));
    assertEquals(before, system.storage().ids());
    assertEquals(404, status(nobody, image));
  }

  @Test
  void delete_beforeTheThumbnailIsMade_leavesNothingToDo() throws Exception {
    Set<Long> before = system.storage().ids();
    ada.delete(add(true).replace("/i/", "/images/"));
    system.makeThumbnails();
    assertEquals(before, system.storage().ids());
  }

  @Test
  void delete_betweenAnnounceAndWrite_leavesNoFile() throws Exception {
    Set<Long> before = system.storage().ids();
    String image = add(true);
    long imageId = newest();
    Thumbnails thumbnails = new Thumbnails(database);
    thumbnails.announce(imageId, 8);
    ada.delete(image.replace("/i/", "/images/"));
    ThumbnailWorker.write(thumbnails, system.storage(), imageId, 8, new byte[] {1});
    assertEquals(before, system.storage().ids());
  }

  @Test
  void make_imageThatDoesNotDecode_endsAsADeadLetterAndTheImageIsShown() throws Exception {
    system.makeThumbnails();
    Set<Long> before = system.storage().ids();
    byte[] bomb = Pictures.bomb(60_000, 60_000);
    String image = "/i/" + ada.add("bomb", true, bomb);
    system.makeThumbnails();
    assertEquals("1", field(thumbnail(nobody, image), "Retry-After"));
    exhaust();
    HttpResponse<byte[]> never = thumbnail(nobody, image);
    assertEquals(
        "no thumbnail can be made of the image", json(never).get("detail").getAsString());
    assertEquals("", field(never, "Retry-After"));
    assertEquals(404, never.statusCode());
    assertEquals(200, nobody.get(image).statusCode());
    assertEquals(before.size() + 1, system.storage().ids().size());
    String dead = "select reason from thumbnail_jobs where job_state = 3";
    assertEquals(
        List.of("javax.imageio.IIOException: the image has 60000 x 60000 pixels"),
        database.list(row -> row.getString(1), dead));
    system.sweep();
    assertEquals(1, database.list(row -> row.getString(1), dead).size());
    ada.delete(image.replace("/i/", "/images/"));
    system.sweep();
    assertEquals(List.of(), database.list(row -> row.getString(1), dead));
  }

  @Test
  void sweep_crashBetweenPublishAndEnqueue_enqueuesAgain() throws Exception {
    String image = add(true);
    assertEquals(1, database.update("delete from thumbnail_jobs where job_state = 0"));
    system.makeThumbnails();
    assertEquals(404, status(nobody, image));
    String swept = system.sweep();
    assertTrue(swept.endsWith("thumbnails=1]"), swept);
    system.makeThumbnails();
    assertEquals(200, status(nobody, image));
  }

  @Test
  void make_crashBetweenWriteAndPublish_writesTheSameFileAgain() throws Exception {
    Set<Long> before = system.storage().ids();
    String image = add(true);
    long imageId = newest();
    new Thumbnails(database).announce(imageId, 7);
    system.storage().write(7, new byte[] {1});
    system.sweep();
    system.makeThumbnails();
    assertEquals(200, status(nobody, image));
    before.addAll(List.of(imageId, 7L));
    assertEquals(before, system.storage().ids());
  }

  @Test
  void sweep_storageThatFailedForLong_isTriedAgain() throws Exception {
    byte[] picture = Pictures.png(pictures++);
    String image = "/i/" + ada.add("unlucky", true, picture);
    long id = newest();
    system.storage().delete(id);
    exhaust();
    assertEquals("1", field(thumbnail(nobody, image), "Retry-After"));
    system.storage().write(id, picture);
    system.makeThumbnails();
    assertEquals(404, status(nobody, image));
    system.sweep();
    system.makeThumbnails();
    assertEquals(200, status(nobody, image));
  }
}
