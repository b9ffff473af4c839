package dev.whiteboard.benchmarks.designs.image.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.benchmarks.designs.database.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the image service asks of its database, on H2 in memory. */
class DatabaseTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final String URL = "jdbc:h2:mem:records";

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private Database database;
  private Images images;
  private Accounts accounts;
  private User ada;

  @BeforeEach
  void open() throws SQLException {
    database = Database.open(URL, Images.SCHEMA);
    images = new Images(database);
    InstantSource clock = now::get;
    accounts = new Accounts(database, new Passwords(1, new Random(1)), new Random(2), clock);
    ada = accounts.signUp(1, "ada", "secret").orElseThrow();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Image image(long id, String digest) {
    return new Image(id, ada.id(), "ada", "title", "image/png", 100, digest, true, List.of(), NOON);
  }

  private void add(long id, String digest) throws SQLException {
    assertTrue(images.claim(image(id, digest)));
    images.publish(id);
  }

  @Test
  void open_schemaOfThisVersion_changesNothing() throws SQLException {
    try (Database again = Database.open(URL, Images.SCHEMA)) {
      assertEquals(
          List.of(1, 2, 3),
          again.list(row -> row.getInt(1), "select version from migrations order by version"));
    }
    assertEquals(Optional.of(ada), accounts.signIn("ada", "secret"));
  }

  @Test
  void open_schemaOfALaterVersion_isRefused() throws SQLException {
    database.update("insert into migrations values (4)");
    Exception e =
        assertThrows(IllegalStateException.class, () -> Database.open(URL, Images.SCHEMA));
    assertEquals("the schema is of version 4, this program knows 3", e.getMessage());
  }

  @Test
  void open_scriptThatRanButWasNotNoted_runsAgain() throws SQLException {
    database.update("delete from migrations where version = 3");
    Database.open(URL, Images.SCHEMA).close();
    assertEquals(
        Optional.of(3),
        database.first(row -> row.getInt(1), "select max(version) from migrations"));
  }

  @Test
  void signUp_nameThatIsThere_isEmpty() throws SQLException {
    assertEquals(Optional.empty(), accounts.signUp(2, "ada", "other"));
    assertEquals(Optional.of(ada), accounts.signIn("ada", "secret"));
    assertEquals(Optional.empty(), accounts.signIn("ada", "other"));
    assertEquals(Optional.empty(), accounts.signIn("bob", "secret"));
  }

  @Test
  void password_isNotKept_andSaltedEachTime() throws SQLException {
    accounts.signUp(2, "bob", "secret");
    List<String> hashes = database.list(row -> row.getString(1), "select password from users");
    assertEquals(2, Set.copyOf(hashes).size());
    assertTrue(hashes.stream().allMatch(hash -> hash.startsWith("pbkdf2-sha256$1$")));
    assertFalse(hashes.stream().anyMatch(hash -> hash.contains("secret")));
  }

  @Test
  void session_lastsSevenDays() throws SQLException {
    String token = accounts.begin(ada);
    now.set(NOON.plus(Accounts.SESSION).minusMillis(1));
    assertEquals(Optional.of(ada), accounts.find(token));
    now.set(NOON.plus(Accounts.SESSION));
    assertEquals(1, accounts.dropExpired(now.get()));
  }

  @Test
  void session_expired_isNobodys() throws SQLException {
    String token = accounts.begin(ada);
    now.set(NOON.plus(Accounts.SESSION));
    assertEquals(Optional.empty(), accounts.find(token));
    assertEquals(Optional.empty(), accounts.find("another token"));
  }

  @Test
  void claim_sameDigestOfOneUser_isRefused() throws SQLException {
    User bob = accounts.signUp(2, "bob", "secret").orElseThrow();
    add(10, "d1");
    assertFalse(images.claim(image(11, "d1")));
    assertTrue(images.claim(
        new Image(12, bob.id(), "bob", "title", "image/png", 100, "d1", true, List.of(), NOON)));
  }

  @Test
  void image_isShownFromPublishToWithdraw() throws SQLException {
    images.claim(image(10, "d1"));
    assertEquals(Optional.empty(), images.find(10));
    images.publish(10);
    assertEquals(Optional.of(image(10, "d1")), images.find(10));
    assertTrue(images.withdraw(10));
    assertFalse(images.withdraw(10));
    assertEquals(Optional.empty(), images.find(10));
  }

  @Test
  void publish_afterWithdraw_doesNotShowAgain() throws SQLException {
    images.claim(image(10, "d1"));
    images.withdraw(10);
    images.publish(10);
    assertEquals(Optional.empty(), images.find(10));
  }

  @Test
  void forget_imageThatIsShown_keepsIt() throws SQLException {
    add(10, "d1");
    images.forget(10);
    assertTrue(images.find(10).isPresent());
  }

  @Test
  void unfinished_isNewBeforeTheInstantOrGone() throws SQLException {
    images.claim(image(10, "d1"));
    add(11, "d2");
    add(12, "d3");
    images.withdraw(12);
    assertEquals(List.of(12L), images.unfinished(NOON));
    assertEquals(List.of(10L, 12L), images.unfinished(NOON.plusMillis(1)));
  }

  @Test
  void unknown_moreThanABatch_isThoseWithoutARow() throws SQLException {
    List<Long> ids = new ArrayList<>();
    for (long id = 0; id < 1100; id++) {
      ids.add(id);
      if (id % 100 != 0) {
        images.claim(image(id, "d" + id));
      }
    }
    assertEquals(
        Set.of(0L, 100L, 200L, 300L, 400L, 500L, 600L, 700L, 800L, 900L, 1000L),
        images.unknown(ids));
  }

  private void add(long id, boolean isPublic, String... tags) throws SQLException {
    Image image = new Image(
        id, ada.id(), "ada", "title", "image/png", 1, "d" + id, isPublic, List.of(tags), NOON);
    images.claim(image);
    images.tag(image);
    images.publish(id);
  }

  private List<Long> search(long below, int limit, String... tags) throws SQLException {
    return images.ofEverybody(List.of(tags), below, limit).stream()
        .map(Image::id)
        .toList();
  }

  @Test
  void search_twoTags_isImagesWithBoth_newestFirst() throws SQLException {
    add(10, true, "sea", "sunset");
    add(11, true, "sea");
    add(12, true, "sunset", "sea", "dog");
    add(13, true);
    assertEquals(List.of(12L, 10L), search(99, 9, "sea", "sunset"));
    assertEquals(List.of(12L, 11L, 10L), search(99, 9, "sea"));
    assertEquals(List.of(), search(99, 9, "sea", "cat"));
    assertEquals(List.of(13L, 12L, 11L, 10L), search(99, 9));
    assertEquals(List.of("sunset", "sea", "dog"), images.find(12).orElseThrow().tags());
  }

  @Test
  void search_limited_goesOnBelowTheLast() throws SQLException {
    for (int id = 10; id < 15; id++) {
      add(id, true, "sea", "sun");
    }
    assertEquals(List.of(14L, 13L), search(99, 2, "sea", "sun"));
    assertEquals(List.of(12L, 11L), search(13, 2, "sea", "sun"));
    assertEquals(List.of(10L), search(11, 2, "sea", "sun"));
  }

  @Test
  void search_privateOrNotShown_isFoundByTheOwnerOrNobody() throws SQLException {
    add(10, false, "sea");
    add(11, true, "sea");
    images.withdraw(11);
    assertEquals(List.of(), search(99, 9, "sea"));
    List<Image> own = images.ofUser(ada.id(), List.of("sea"), 99, 9);
    assertEquals(List.of(10L), own.stream().map(Image::id).toList());
    assertEquals(List.of(), images.ofUser(2, List.of("sea"), 99, 9));
  }

  @Test
  void forget_imageWithTags_dropsThem() throws SQLException {
    add(10, true, "sea");
    images.withdraw(10);
    images.forget(10);
    assertEquals(List.of(), database.list(row -> row.getString(2), "select * from tags"));
  }

  @Test
  void analytics_joinUsersImagesAndViews() throws SQLException {
    accounts.signUp(2, "bob", "secret");
    add(10, "d1");
    add(11, "d2");
    images.addViews(5, Map.of(10L, 2L, 11L, 1L));
    images.addViews(6, Map.of(11L, 4L, 99L, 7L));
    images.addViews(6, Map.of(11L, 1L));
    Analytics analytics = new Analytics(database);
    assertEquals(
        List.of(new Analytics.PerUser("ada", 2, 200), new Analytics.PerUser("bob", 0, 0)),
        analytics.perUser(10));
    assertEquals(
        List.of(new Analytics.PerDay(NOON.toEpochMilli() / 86_400_000, 2, 200)),
        analytics.perDay(ada.id(), 10));
    assertEquals(
        List.of(
            new Analytics.Viewed(11, "title", "ada", 6),
            new Analytics.Viewed(10, "title", "ada", 2)),
        analytics.mostViewed(5, 10));
    assertEquals(List.of(new Analytics.Viewed(11, "title", "ada", 5)), analytics.mostViewed(6, 10));
  }

  @Test
  void settings_areWhatWasPutLast() throws SQLException {
    Settings settings = new Settings(database);
    assertTrue(settings.get("key").isEmpty());
    settings.put("key", new byte[] {1});
    settings.put("key", new byte[] {2, 3});
    assertEquals(3, settings.get("key").orElseThrow()[1]);
  }
}
