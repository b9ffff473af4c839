package dev.whiteboard.benchmarks.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import cn.hutool.core.date.SystemClock;
import cn.hutool.core.lang.Snowflake;
import com.google.common.io.ByteStreams;
import com.google.common.primitives.Bytes;
import com.google.common.primitives.Shorts;
import dev.whiteboard.benchmarks.peers.IdSource.Kind;
import dev.whiteboard.benchmarks.peers.IdSource.Misuse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * hutool's Snowflake. It takes no clock, so a second copy of its class is loaded in which one name is another: that of the
 * clock that its option {@code useSystemClock} reads. All else is hutool's own code.
 */
final class HutoolIds {
  private static final int NODES_OF_A_CENTRE = 32;
  private static final int NODES = NODES_OF_A_CENTRE * NODES_OF_A_CENTRE;
  private static final int TIME_SHIFT = 22;

  /** Its defaults, which the longest constructor wants to be told. */
  private static final Instant EPOCH = Instant.ofEpochMilli(Snowflake.DEFAULT_TWEPOCH);

  private static final long TOLERANCE_MILLIS = Snowflake.DEFAULT_TIME_OFFSET;

  private static final MethodHandle CONSTRUCTOR;
  private static final MethodHandle NEXT_ID;

  static {
    try {
      Class<?> copy = new Copy().findClass(Snowflake.class.getName());
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      CONSTRUCTOR = lookup.findConstructor(
          copy,
          MethodType.methodType(
              void.class,
              Date.class,
              long.class,
              long.class,
              boolean.class,
              long.class,
              long.class));
      NEXT_ID = lookup.findVirtual(copy, "nextId", MethodType.methodType(long.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private HutoolIds() {}

  /** The defaults. */
  static Kind plain() {
    return kind(0);
  }

  /** A new millisecond begins at one of so many sequence numbers. */
  static Kind randomSequence(int limit) {
    return kind(limit);
  }

  private static Kind kind(int randomSequenceLimit) {
    return Kind.numbered(
            NODES - 1, (node, clock) -> source(EPOCH, node, clock, randomSequenceLimit))
        .withMillisOf(id -> (id.low() >>> TIME_SHIFT) + EPOCH.toEpochMilli())
        .withMisuses(
            new Misuse("worker -1", "worker", () -> new Snowflake(-1, 0)),
            new Misuse("worker 32", "worker", () -> new Snowflake(NODES_OF_A_CENTRE, 0)),
            new Misuse("an epoch after the clock", "epoch", HutoolIds::tooEarly));
  }

  private static Id tooEarly() {
    Instant epoch = IdClock.START.plus(Duration.ofHours(1));
    return source(epoch, 0, IdClock.forOneThread(), 0).next();
  }

  private static IdSource source(Instant epoch, long node, IdClock clock, long randomSequence) {
    long worker = node % NODES_OF_A_CENTRE;
    long centre = node / NODES_OF_A_CENTRE;
    try {
      Object snowflake = CONSTRUCTOR.invoke(
          Date.from(epoch), worker, centre, true, TOLERANCE_MILLIS, randomSequence);
      LongSupplier nextId =
          MethodHandleProxies.asInterfaceInstance(LongSupplier.class, NEXT_ID.bindTo(snowflake));
      return () -> {
        HutoolClock.set(clock);
        return Id.of(nextId.getAsLong());
      };
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Loads a class of hutool's with {@link HutoolClock} in the place of its clock. */
  private static final class Copy extends ClassLoader {
    Copy() {
      super(HutoolIds.class.getClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      String path = name.replace('.', '/') + ".class";
      try (InputStream in = Objects.requireNonNull(getResourceAsStream(path), path)) {
        byte[] code = renamed(ByteStreams.toByteArray(in), SystemClock.class, HutoolClock.class);
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** A class file has the names that it uses once each, behind their lengths. */
    private static byte[] renamed(byte[] code, Class<?> from, Class<?> to) {
      byte[] old = constant(from);
      int at = Bytes.indexOf(code, old);
      return Bytes.concat(
          Arrays.copyOf(code, at),
          constant(to),
          Arrays.copyOfRange(code, at + old.length, code.length));
    }

    private static byte[] constant(Class<?> type) {
      byte[] name = type.getName().replace('.', '/').getBytes(ISO_8859_1);
      return Bytes.concat(Shorts.toByteArray((short) name.length), name);
    }
  }
}
