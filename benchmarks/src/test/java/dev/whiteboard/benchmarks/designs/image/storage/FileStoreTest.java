package dev.whiteboard.benchmarks.designs.image.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {
  @TempDir
  Path folder;

  private FileStore open() throws IOException {
    return new FileStore(folder, true);
  }

  private Path only() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  @Test
  void get_afterPut_isTheSame() throws IOException {
    FileStore store = open();
    store.put(7, new byte[] {1, 2, 3});
    assertArrayEquals(new byte[] {1, 2, 3}, store.get(7).orElseThrow());
    assertEquals(Optional.empty(), store.get(8));
  }

  @Test
  void put_emptyFile_isThere() throws IOException {
    FileStore store = open();
    store.put(0, new byte[0]);
    assertEquals(0, store.get(0).orElseThrow().length);
  }

  @Test
  void put_again_replacesAndCountsOnce() throws IOException {
    FileStore store = open();
    store.put(7, new byte[10]);
    store.put(7, new byte[4]);
    assertEquals(1, store.files());
    assertEquals(4, store.bytes());
    assertArrayEquals(new byte[4], store.get(7).orElseThrow());
  }

  @Test
  void delete_removesAndSaysWhether() throws IOException {
    FileStore store = open();
    store.put(7, new byte[10]);
    assertTrue(store.delete(7));
    assertFalse(store.delete(7));
    assertEquals(0, store.files());
    assertEquals(0, store.bytes());
    assertEquals(0, store.ids().length);
  }

  @Test
  void open_again_hasTheFilesAndCounts() throws IOException {
    FileStore store = open();
    store.put(7, new byte[10]);
    store.put(Long.MAX_VALUE, new byte[20]);
    FileStore again = open();
    assertEquals(2, again.files());
    assertEquals(30, again.bytes());
    long[] ids = again.ids();
    Arrays.sort(ids);
    assertArrayEquals(new long[] {7, Long.MAX_VALUE}, ids);
  }

  @Test
  void open_afterACrash_dropsWhatIsUnfinished() throws IOException {
    open();
    Path left = Files.write(folder.resolve("unfinished").resolve("7-1"), new byte[100]);
    open();
    assertFalse(Files.exists(left));
  }

  @Test
  void get_oneBitFlipped_isDamagedAndThenGone() throws IOException {
    FileStore store = open();
    store.put(7, new byte[] {1, 2, 3});
    byte[] raw = Files.readAllBytes(only());
    raw[raw.length - 1] ^= 1;
    Files.write(only(), raw);
    DamagedFileException e = assertThrows(DamagedFileException.class, () -> store.get(7));
    assertEquals("file 7 is damaged", e.getMessage());
    assertEquals(Optional.empty(), store.get(7));
    assertEquals(0, store.bytes());
    assertTrue(Files.exists(folder.resolve("damaged").resolve("7")));
  }

  @Test
  void get_shorterThanAChecksum_isDamaged() throws IOException {
    FileStore store = open();
    store.put(7, new byte[] {1, 2, 3});
    Files.write(only(), new byte[5]);
    assertThrows(DamagedFileException.class, () -> store.get(7));
  }

  @Test
  void put_negativeNumber_isRefused() throws IOException {
    FileStore store = open();
    Exception e = assertThrows(IllegalArgumentException.class, () -> store.put(-1, new byte[1]));
    assertEquals("id must be >= 0, was -1", e.getMessage());
  }
}
