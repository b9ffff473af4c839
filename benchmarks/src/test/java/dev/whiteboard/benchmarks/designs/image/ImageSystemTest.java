package dev.whiteboard.benchmarks.designs.image;

import static dev.whiteboard.benchmarks.designs.image.Client.field;
import static dev.whiteboard.benchmarks.designs.image.Client.json;
import static dev.whiteboard.benchmarks.designs.image.Client.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ticker;
import com.google.gson.JsonElement;
import dev.whiteboard.ratelimit.Limit;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with the image service, over real HTTP. */
class ImageSystemTest {
  @TempDir
  static Path data;

  /** How far the wall clock is ahead. */
  private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

  private static ImageSystem system;
  private static Client ada;
  private static Client bob;
  private static Client nobody;

  @BeforeAll
  static void start() throws Exception {
    InstantSource clock = () -> Instant.now().plus(AHEAD.get());
    system = ImageSystem.builder(data)
        .passwordIterations(10)
        .forced(false)
        .sources(clock, Ticker.systemTicker(), new Random(1))
        .limits(Limit.perSecond(10_000), Limit.perSecond(10_000), Limit.perSecond(10_000))
        .page(0)
        .start();
    nobody = Client.of(system);
    ada = nobody.signUp("ada");
    bob = nobody.signUp("bob");
  }

  @AfterAll
  static void stop() throws Exception {
    system.close();
  }

  @Test
  void upload_publicImage_isSeenByEverybody() {
    byte[] image = Pictures.png(1);
    HttpResponse<byte[]> uploaded = ada.upload("sunset", true, image);
    HttpResponse<byte[]> seen = nobody.get(field(uploaded, "Location"));
    assertEquals(200, seen.statusCode());
    assertEquals("image/png", field(seen, "Content-Type"));
    assertArrayEquals(image, seen.body());
  }

  @Test
  void upload_privateImage_isSeenByItsOwnerAlone() {
    String path = "/i/" + ada.add("diary", false, Pictures.png(2));
    assertEquals(200, ada.get(path).statusCode());
    assertEquals(404, bob.get(path).statusCode());
    assertEquals(404, nobody.get(path).statusCode());
  }

  @Test
  void link_toPrivateImage_worksUntilItExpires() {
    String code = ada.add("shared", false, Pictures.png(3));
    HttpResponse<byte[]> link = ada.post("/images/" + code + "/links", "{\"seconds\": 60}");
    String url = json(link).get("url").getAsString();
    assertEquals(200, nobody.get(url).statusCode());
    AHEAD.set(Duration.ofSeconds(61));
    assertEquals("the link has expired", json(nobody.get(url)).get("detail").getAsString());
    assertEquals(403, nobody.get(url).statusCode());
    AHEAD.set(Duration.ZERO);
  }

  @Test
  void setVisibility_cachedImage_countsAtOnce() {
    String code = ada.add("secret", true, Pictures.png(4));
    assertEquals(200, nobody.get("/i/" + code).statusCode());
    ada.put("/images/" + code + "/visibility", "{\"isPublic\": false}");
    assertEquals(404, nobody.get("/i/" + code).statusCode());
  }

  @Test
  void delete_cachedImage_isGoneAtOnceWithItsFiles() throws Exception {
    system.makeThumbnails();
    int before = system.storage().ids().size();
    String code = ada.add("mistake", true, Pictures.png(5));
    system.makeThumbnails();
    assertEquals(before + 2, system.storage().ids().size());
    assertEquals(200, nobody.get("/i/" + code).statusCode());
    assertEquals(204, ada.delete("/images/" + code).statusCode());
    assertEquals(404, nobody.get("/i/" + code).statusCode());
    assertEquals(before, system.storage().ids().size());
  }

  @Test
  void get_secondTime_isAHit() {
    String code = ada.add("popular", true, Pictures.png(6));
    system.makeThumbnails(); // one that is ready has its image loaded anew
    long misses = system.cacheMisses();
    long hits = system.cacheHits();
    nobody.get("/i/" + code);
    nobody.get("/i/" + code);
    assertEquals(1, system.cacheMisses() - misses);
    assertEquals(1, system.cacheHits() - hits);
  }

  @Test
  void get_knownETag_isNotSentAgain() {
    String path = "/i/" + ada.add("etag", true, Pictures.png(7));
    String etag = field(nobody.get(path), "ETag");
    HttpResponse<byte[]> again = nobody.get(path, "If-None-Match", "\"other\", W/" + etag);
    assertEquals(304, again.statusCode());
    assertEquals(0, again.body().length);
    assertEquals(etag, field(again, "ETag"));
  }

  @Test
  void get_range_isThatPart() {
    byte[] image = Pictures.png(8);
    String path = "/i/" + ada.add("range", true, image);
    HttpResponse<byte[]> part = nobody.get(path, "Range", "bytes=1-3");
    assertEquals(206, part.statusCode());
    assertEquals("PNG", text(part));
    assertEquals("bytes 1-3/" + image.length, field(part, "Content-Range"));
    HttpResponse<byte[]> outside = nobody.get(path, "Range", "bytes=" + image.length + "-");
    assertEquals(416, outside.statusCode());
    assertEquals("bytes */" + image.length, field(outside, "Content-Range"));
    assertEquals(
        200, nobody.get(path, "Range", "bytes=1-3", "If-Range", "\"old\"").statusCode());
  }

  @Test
  void list_twoUsers_isEverybodysPublicOrOnesOwn() {
    ada.add("a public one", true, Pictures.png(9));
    ada.add("a private one", false, Pictures.png(10));
    String all = text(bob.get("/images"));
    assertTrue(all.contains("a public one") && !all.contains("a private one"), all);
    String own = text(ada.get("/images?mine=true"));
    assertTrue(own.contains("a public one") && own.contains("a private one"), own);
    assertEquals(401, nobody.get("/images?mine=true").statusCode());
  }

  @Test
  void list_moreThanAPage_goesOnBelowTheLast() {
    Client carol = nobody.signUp("carol");
    for (int i = 0; i < 51; i++) {
      carol.uploadTagged("n" + i, false, "paged", Pictures.png(1000 + i));
    }
    for (String query : List.of("mine=true", "mine=true&tag=paged")) {
      HttpResponse<byte[]> first = carol.get("/images?" + query);
      String next = json(first).get("next").getAsString();
      HttpResponse<byte[]> second = carol.get("/images?" + query + "&below=" + next);
      assertEquals(50, json(first).getAsJsonArray("images").size());
      assertEquals("n0", search(carol, query + "&below=" + next));
      assertEquals("", json(second).get("next").getAsString());
    }
  }

  private static String search(Client client, String query) {
    List<String> titles = new ArrayList<>();
    for (JsonElement image : json(client.get("/images?" + query)).getAsJsonArray("images")) {
      titles.add(image.getAsJsonObject().get("title").getAsString());
    }
    return String.join(" ", titles);
  }

  @Test
  void search_twoTags_isPublicImagesWithBoth() {
    ada.uploadTagged("both", true, "Sea, SUNSET,sea", Pictures.png(20));
    ada.uploadTagged("sea-only", true, "sea", Pictures.png(21));
    ada.uploadTagged("hidden", false, "sea,sunset", Pictures.png(22));
    bob.uploadTagged("bobs", true, "sunset,sea,dog", Pictures.png(23));
    assertEquals("bobs both", search(nobody, "tag=sea&tag=Sunset"));
    assertEquals("bobs sea-only both", search(nobody, "tag=sea"));
    assertEquals("", search(nobody, "tag=sea&tag=cat"));
  }

  @Test
  void search_privateImages_areFoundByTheirOwnerAlone() {
    ada.uploadTagged("diary", false, "secret", Pictures.png(24));
    bob.uploadTagged("notes", false, "secret", Pictures.png(25));
    assertEquals("", search(nobody, "tag=secret"));
    assertEquals("", search(ada, "tag=secret"));
    assertEquals("diary", search(ada, "tag=secret&mine=true"));
    assertEquals("notes", search(bob, "tag=secret&mine=true"));
    assertEquals(401, nobody.get("/images?tag=secret&mine=true").statusCode());
  }

  @Test
  void describe_image_tellsItsTags() {
    HttpResponse<byte[]> added =
        ada.uploadTagged("tagged", true, "Ärger,x_1,a-b", Pictures.png(26));
    String tags = "\"tags\":[\"ärger\",\"x_1\",\"a-b\"]";
    assertTrue(text(added).contains(tags), text(added));
    String code = json(added).get("code").getAsString();
    String described = text(nobody.get("/images/" + code));
    assertTrue(described.contains(tags), described);
    assertTrue(described.contains("\"thumbnail\":\"/i/" + code + "/thumbnail\""), described);
  }

  @Test
  void thumbnail_ofWhatWasUploaded_isMadeInTheBackground() {
    String path = "/i/" + ada.add("small", true, Pictures.png(27)) + "/thumbnail";
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
      while (nobody.get(path).statusCode() != 200) {
        Thread.onSpinWait();
      }
    });
  }

  @Test
  void analytics_joinsUsersImagesAndViews() throws Exception {
    Client dora = nobody.signUp("dora");
    byte[] image = Pictures.png(11);
    String code = dora.add("seen thrice", true, image);
    for (int i = 0; i < 3; i++) {
      nobody.get("/i/" + code);
    }
    system.flushViews();
    String overview = text(dora.getFromWrite("/analytics"));
    assertTrue(
        overview.contains("{\"user\":\"dora\",\"images\":1,\"bytes\":" + image.length + "}"),
        overview);
    assertTrue(
        overview.contains("\"title\":\"seen thrice\",\"owner\":\"dora\",\"views\":3}"), overview);
    String me = text(dora.getFromWrite("/me"));
    assertTrue(me.contains("\"images\":1,\"bytes\":" + image.length), me);
  }

  @Test
  void signOut_tokenThatWasCached_isNobodysAtOnce() {
    Client eve = nobody.signUp("eve");
    assertEquals(200, eve.getFromWrite("/me").statusCode());
    assertEquals(204, eve.delete("/sessions").statusCode());
    assertEquals(401, eve.getFromWrite("/me").statusCode());
  }

  @Test
  void page_isOneDoorToBothServices() {
    Client door = Client.of(system.pageUri().orElseThrow(), system.pageUri().orElseThrow());
    assertTrue(text(door.get("/")).startsWith("<!doctype html>"));
    Client frank = door.signUp("frank");
    String code = frank.add("through the door", false, Pictures.png(12));
    assertEquals(200, frank.get("/i/" + code).statusCode());
    assertEquals(404, door.get("/i/" + code).statusCode());
    assertTrue(text(door.get("/board")).contains("\"name\":\"storage-1\""));
  }

  @Test
  void metrics_areInPrometheusText() {
    String path = "/i/" + ada.add("measured", true, Pictures.png(13));
    nobody.get(path);
    String metrics = text(nobody.get("/metrics"));
    assertTrue(metrics.contains("# TYPE http_requests_seconds summary"), metrics);
    assertTrue(
        metrics.contains("route=\"/i/{code}\",server=\"retrieval\",status=\"200\""), metrics);
    assertTrue(metrics.contains("image_cache_hits_total"), metrics);
  }

  @Test
  void sweep_imageOlderThanTheRetention_isRemoved() throws Exception {
    String path = "/i/" + ada.add("old", true, Pictures.png(14));
    system.makeThumbnails();
    int before = system.storage().ids().size();
    AHEAD.set(Duration.ofDays(5 * 365 + 1));
    try {
      String swept = system.sweep();
      assertTrue(swept.startsWith("Swept[images=" + before / 2 + ", "), swept);
      assertEquals(404, nobody.get(path).statusCode());
      assertEquals(0, system.storage().ids().size());
    } finally {
      AHEAD.set(Duration.ZERO);
    }
  }
}
