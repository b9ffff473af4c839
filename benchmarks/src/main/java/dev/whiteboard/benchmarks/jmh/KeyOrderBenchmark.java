package dev.whiteboard.benchmarks.jmh;

import static java.util.Objects.requireNonNull;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.whiteboard.core.id.Snowflake;
import dev.whiteboard.core.id.UuidV7;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long does a database take to insert a transaction of 500 rows, if their keys rise or come at random?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare core}
 *
 * <p>The table has 200,000 rows before and grows while it is measured, faster for the faster keys. H2 keeps all of it in
 * memory and writes the changed pages to a file behind the inserts, so a table that is larger than the memory would show
 * a wider gap: then a random key also has to read its page. Claim I02 counts the pages and the file's bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KeyOrderBenchmark {
  private static final int ROWS_BEFORE = 200_000;
  private static final int ROWS_PER_TRANSACTION = 500;

  /** A table with its keys, in a file of its own. */
  static final class Rows {
    private final Supplier<?> keys;
    private final Path directory = Files.createTempDirectory("whiteboard-keys");
    private final Connection connection =
        DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("keys"));
    private final PreparedStatement insertion;

    Rows(String type, Supplier<?> keys) throws IOException, SQLException {
      this.keys = keys;
      try (Statement create = connection.createStatement()) {
        create.execute("CREATE TABLE image (id %s PRIMARY KEY, bytes BIGINT)".formatted(type));
      }
      connection.setAutoCommit(false);
      insertion = connection.prepareStatement("INSERT INTO image VALUES (?, ?)");
      for (int rows = 0; rows < ROWS_BEFORE; rows += ROWS_PER_TRANSACTION) {
        insert();
      }
    }

    int insert() throws SQLException {
      for (int i = 0; i < ROWS_PER_TRANSACTION; i++) {
        insertion.setObject(1, keys.get());
        insertion.setLong(2, i);
        insertion.addBatch();
      }
      int inserted = insertion.executeBatch().length;
      connection.commit();
      return inserted;
    }

    void delete() throws IOException, SQLException {
      connection.close();
      MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  /** What is created before the measurement and deleted after it. */
  @State(Scope.Benchmark)
  public abstract static class Table {
    private @Nullable Rows rows;

    abstract Rows create() throws IOException, SQLException;

    @Setup
    public void open() throws IOException, SQLException {
      rows = create();
    }

    int insert() throws SQLException {
      return requireNonNull(rows).insert();
    }

    @TearDown
    public void delete() throws IOException, SQLException {
      requireNonNull(rows).delete();
    }
  }

  /** Random UUIDs. */
  public static class RandomKeys extends Table {
    @Override
    Rows create() throws IOException, SQLException {
      return new Rows("UUID", UUID::randomUUID);
    }
  }

  /** UUIDs that sort by time. */
  public static class OrderedKeys extends Table {
    @Override
    Rows create() throws IOException, SQLException {
      return new Rows("UUID", UuidV7.create()::next);
    }
  }

  /** Snowflake ids. */
  public static class SnowflakeKeys extends Table {
    @Override
    Rows create() throws IOException, SQLException {
      return new Rows("BIGINT", Snowflake.builder(1).build()::nextId);
    }
  }

  @Benchmark
  public int insert_uuidV7(OrderedKeys table) throws SQLException {
    return table.insert();
  }

  @Benchmark
  public int insert_snowflake(SnowflakeKeys table) throws SQLException {
    return table.insert();
  }

  @Benchmark
  public int insert_randomUuid(RandomKeys table) throws SQLException {
    return table.insert();
  }
}
