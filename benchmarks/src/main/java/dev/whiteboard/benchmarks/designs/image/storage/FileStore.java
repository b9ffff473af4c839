package dev.whiteboard.benchmarks.designs.image.storage;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.common.hash.Hashing;
import com.google.common.primitives.Longs;
import dev.whiteboard.core.hash.Xxh3;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Keeps files in a folder, each under a number, so that a crash leaves a file whole or not there at all.
 *
 * <p><b>Idea.</b> A file is written under another name, forced to the disk, and renamed; then the folder is forced. Renaming
 * is atomic. The first 32 bytes are the SHA-256 of the rest, and every read compares them. Files lie in 256 folders, by a hash
 * of their numbers, so that no folder has too many.
 *
 * <p><b>Cost.</b> Two forces a write, unless they are switched off, which survives the end of the process but not of the
 * power; a read, one pass over the bytes. <b>Thread safety.</b> Safe for different numbers; the caller sees to it that one
 * number is written by one thread at a time.
 */
final class FileStore {
  private static final int CHECKSUM_BYTES = 32;
  private static final int FOLDERS = 256;

  private final Path folder;
  private final Path unfinished;
  private final Path damaged;
  private final boolean forced;
  private final AtomicLong names = new AtomicLong();
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * Opens a folder, creates it if it is not there, and drops what a crash left unfinished.
   *
   * @param forced whether a write waits until the disk has it
   * @throws IOException if the folder cannot be written to
   */
  FileStore(Path folder, boolean forced) throws IOException {
    this.folder = folder;
    this.forced = forced;
    unfinished = Files.createDirectories(folder.resolve("unfinished"));
    damaged = Files.createDirectories(folder.resolve("damaged"));
    try (Stream<Path> left = Files.list(unfinished)) {
      for (Path path : left.toList()) {
        Files.delete(path);
      }
    }
    for (long id : ids()) {
      files.incrementAndGet();
      bytes.addAndGet(Files.size(path(id)) - CHECKSUM_BYTES);
    }
  }

  /**
   * Writes a file, or writes it again.
   *
   * @param id the file's number, at least 0
   * @throws IOException if it could not be written; then it is as it was
   */
  void put(long id, byte[] content) throws IOException {
    Path target = path(id);
    long before = size(target);
    Path temporary = unfinished.resolve(id + "-" + names.incrementAndGet());
    Files.createDirectories(folderOf(id));
    try {
      write(temporary, content);
      Files.move(temporary, target, ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    force(folderOf(id));
    files.addAndGet(before < 0 ? 1 : 0);
    bytes.addAndGet(content.length - Math.max(0, before));
  }

  private void write(Path path, byte[] content) throws IOException {
    ByteBuffer[] parts = {
      ByteBuffer.wrap(Hashing.sha256().hashBytes(content).asBytes()), ByteBuffer.wrap(content)
    };
    try (FileChannel channel = FileChannel.open(path, CREATE_NEW, WRITE)) {
      while (parts[0].hasRemaining() || parts[1].hasRemaining()) {
        channel.write(parts);
      }
      if (forced) {
        channel.force(false);
      }
    }
  }

  private void force(Path directory) throws IOException {
    if (forced) {
      try (FileChannel channel = FileChannel.open(directory, READ)) {
        channel.force(true);
      }
    }
  }

  /**
   * Reads a file.
   *
   * @return its content; empty if there is no such file
   * @throws DamagedFileException if the content is not what was written; it is set aside, so that the next answer is empty
   * @throws IOException if it could not be read
   */
  Optional<byte[]> get(long id) throws IOException {
    byte[] all;
    try {
      all = Files.readAllBytes(path(id));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOfRange(all, Math.min(CHECKSUM_BYTES, all.length), all.length);
    byte[] checksum = Hashing.sha256().hashBytes(content).asBytes();
    if (!Arrays.equals(checksum, Arrays.copyOf(all, CHECKSUM_BYTES))) {
      setAside(id, content.length);
      throw new DamagedFileException(id);
    }
    return Optional.of(content);
  }

  /** So that the cluster makes a new copy, and a person can look at the old one. */
  private void setAside(long id, long length) throws IOException {
    Files.move(path(id), damaged.resolve(Long.toString(id)), REPLACE_EXISTING);
    files.decrementAndGet();
    bytes.addAndGet(-length);
  }

  /** Removes a file, and says whether it was there. */
  boolean delete(long id) throws IOException {
    Path path = path(id);
    long size = size(path);
    boolean deleted = Files.deleteIfExists(path);
    if (deleted) {
      files.decrementAndGet();
      bytes.addAndGet(-Math.max(0, size));
    }
    return deleted;
  }

  /** The numbers of all files, in no order. */
  long[] ids() throws IOException {
    long[] ids = new long[1024];
    int count = 0;
    for (int i = 0; i < FOLDERS; i++) {
      Path part = folder.resolve(folderName(i));
      if (!Files.exists(part)) {
        continue;
      }
      String[] names = part.toFile().list();
      if (names == null) {
        throw new IOException("cannot list " + part);
      }
      ids = Longs.ensureCapacity(ids, count + names.length, count + names.length);
      for (String name : names) {
        ids[count++] = Long.parseLong(name);
      }
    }
    return Arrays.copyOf(ids, count);
  }

  /** How many files there are. */
  long files() {
    return files.get();
  }

  /** How long they are together, in bytes, checksums not counted. */
  long bytes() {
    return bytes.get();
  }

  private Path path(long id) {
    checkArgument(id >= 0, "id must be >= 0, was %s", id);
    return folderOf(id).resolve(Long.toString(id));
  }

  private Path folderOf(long id) {
    return folder.resolve(folderName((int) (Xxh3.hash(id) >>> 56)));
  }

  private static String folderName(int i) {
    return HexFormat.of().toHexDigits((byte) i);
  }

  private static long size(Path path) throws IOException {
    try {
      return Math.max(0, Files.size(path) - CHECKSUM_BYTES);
    } catch (NoSuchFileException e) {
      return -1;
    }
  }
}
