package dev.whiteboard.benchmarks.designs.image.records;

import static dev.whiteboard.benchmarks.designs.image.records.Thumbnail.State.NONE;
import static dev.whiteboard.benchmarks.designs.image.records.Thumbnail.State.READY;
import static dev.whiteboard.benchmarks.designs.image.records.Thumbnail.State.WANTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.benchmarks.designs.database.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThumbnailsTest {
  private Database database;
  private Images images;
  private Thumbnails thumbnails;

  @BeforeEach
  void open() throws SQLException {
    database = Database.open("jdbc:h2:mem:thumbnail-records", Images.SCHEMA);
    images = new Images(database);
    thumbnails = new Thumbnails(database);
    new Accounts(database, new Passwords(1, new Random(1)), new Random(2), () -> Instant.EPOCH)
        .signUp(1, "ada", "secret");
    claim(10);
    images.publish(10);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void claim(long id) throws SQLException {
    images.claim(
        new Image(id, 1, "ada", "title", "image/png", 1, "d" + id, true, List.of(), Instant.EPOCH));
  }

  @Test
  void find_imageThatIsShown_isWantedAtFirst() throws SQLException {
    claim(11);
    assertEquals(Optional.of(new Thumbnail(10, WANTED, 0)), thumbnails.find(10));
    assertEquals(Optional.empty(), thumbnails.find(11));
    assertEquals(Optional.empty(), thumbnails.find(12));
  }

  @Test
  void announce_again_keepsTheFirstNumber() throws SQLException {
    assertEquals(OptionalLong.of(20), thumbnails.announce(10, 20));
    assertEquals(OptionalLong.of(20), thumbnails.announce(10, 21));
  }

  @Test
  void announce_imageThatIsNotShown_isEmptyAndChangesNothing() throws SQLException {
    images.withdraw(10);
    assertEquals(OptionalLong.empty(), thumbnails.announce(10, 20));
    assertEquals(List.of(10L), images.files(10));
  }

  @Test
  void publish_announced_isReady() throws SQLException {
    thumbnails.announce(10, 20);
    assertTrue(thumbnails.publish(10, 20));
    assertEquals(Optional.of(new Thumbnail(10, READY, 20)), thumbnails.find(10));
  }

  @Test
  void publish_withdrawnImageOrAnotherFile_isRefused() throws SQLException {
    thumbnails.announce(10, 20);
    assertFalse(thumbnails.publish(10, 21));
    images.withdraw(10);
    assertFalse(thumbnails.publish(10, 20));
  }

  @Test
  void files_announcedThumbnail_isOneOfThemUntilTheRowGoes() throws SQLException {
    thumbnails.announce(10, 20);
    images.withdraw(10);
    assertEquals(List.of(10L, 20L), images.files(10));
    images.forget(10);
    assertEquals(List.of(10L), images.files(10));
  }

  @Test
  void unknown_announcedThumbnail_isKnown() throws SQLException {
    thumbnails.announce(10, 20);
    assertEquals(Set.of(21L), images.unknown(List.of(10L, 20L, 21L)));
  }

  @Test
  void giveUp_thumbnailThatIsReady_keepsIt() throws SQLException {
    thumbnails.announce(10, 20);
    thumbnails.publish(10, 20);
    thumbnails.giveUp(10);
    assertEquals(Optional.of(new Thumbnail(10, READY, 20)), thumbnails.find(10));
  }

  @Test
  void wanted_isShownAndNeitherReadyNorGivenUp_oldestFirst() throws SQLException {
    for (long id : new long[] {15, 14, 13, 12, 11}) {
      claim(id);
    }
    for (long id = 11; id < 15; id++) {
      images.publish(id);
    }
    thumbnails.giveUp(11);
    thumbnails.announce(12, 20);
    thumbnails.publish(12, 20);
    assertEquals(List.of(10L, 13L, 14L), thumbnails.wanted(9));
    assertEquals(List.of(10L, 13L), thumbnails.wanted(2));
    assertEquals(NONE, thumbnails.find(11).orElseThrow().state());
  }
}
