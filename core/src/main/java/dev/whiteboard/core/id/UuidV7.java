package dev.whiteboard.core.id;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Issues UUIDs that sort by time, on any number of machines that do not even know their own number.
 *
 * <p><b>Idea.</b> Version 7 of RFC 9562: 48 bits of Unix milliseconds, then a counter of 18 bits that keeps the order
 * within a millisecond (section 6.2, method 1), then 56 random bits that nobody can guess. Time and counter live in one
 * {@code long}, as in {@link Snowflake}: the next is the larger of {@code previous + 1} and {@code now}. The counter of
 * a new millisecond starts at a random number below 2^17, so that two machines rarely agree in more than the time; a
 * full counter carries into the time.
 *
 * <p>Nothing waits and nothing fails when the clock steps back: ids go on from the latest time that it has shown. The
 * time in an id is never further ahead of that than one millisecond for every 2^18 ids issued since, plus one; no
 * processor issues them at that rate. A clock that was set far ahead by mistake stays in the ids until time has caught up.
 *
 * <p><b>Cost.</b> One clock reading, one atomic addition and one or two random numbers; 32 bytes for the UUID and some 8 for
 * each random number.
 * <b>Thread safety.</b> Safe; of two calls that do not overlap, the later one returns the larger id.
 *
 * <p><b>Instead.</b> {@link Snowflake} is half as long, if nodes can be numbered. Use {@link UUID#randomUUID} if the time
 * of creation is a secret. {@link Ulid} writes the same bits in 26 characters.
 */
public final class UuidV7 {
  /**
   * The order in which ids are issued: 128 bits as an unsigned number, which is also the order of the texts.
   *
   * <p>{@link UUID#compareTo} compares signed halves. It agrees among ids of version 7 until the year 6429, when the
   * first bit of the time is set, but puts many ids of other versions before them that belong behind.
   */
  public static final Comparator<UUID> ORDER = (left, right) -> {
    int most = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
    return most != 0
        ? most
        : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
  };

  private static final int COUNTER_BITS = 18;

  /** The counter's first twelve bits stand before the variant, the others behind it. */
  private static final int COUNTER_BITS_BEHIND_VARIANT = 6;

  private static final int TAIL_BITS = 56;
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 1L << 63;

  /** 45 bits of time and 18 of counter fill a {@code long}; less a day, so that no carry reaches the sign. */
  private static final long LAST_MILLIS = (1L << 45) - 86_400_000;

  private final InstantSource clock;
  private final RandomGenerator random;

  /** Milliseconds << 18 | counter of the latest id. It only grows. */
  private final PaddedLong latest = new PaddedLong(-1);

  private UuidV7(Builder builder) {
    clock = builder.clock;
    RandomGenerator chosen = builder.random;
    random = chosen == null ? RandomPool.shared() : chosen;
  }

  /**
   * Creates a generator with the system's clock and an unpredictable tail.
   *
   * @return a generator; one is enough for a process, and two do not disturb each other
   */
  public static UuidV7 create() {
    return builder().build();
  }

  /**
   * Starts to describe a generator.
   *
   * @return a builder with the system's clock and random numbers that are made from {@link java.security.SecureRandom}
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Issues the next id.
   *
   * @return a UUID of version 7, in {@link #ORDER} after every one that this generator returned before the call began
   * @throws IllegalStateException if the clock is before 1970 or after 3084; nothing is issued then
   */
  public UUID next() {
    long now = now();
    // As in Snowflake: adding first takes the counter's cache line once, and a tick that lies in
    // the past is dropped.
    long tick = latest.incrementAndGet();
    while (tick < now) {
      long first = now | random.nextLong() >>> (Long.SIZE - COUNTER_BITS + 1);
      if (latest.compareAndSet(tick, first)) {
        return toUuid(first);
      }
      tick = latest.incrementAndGet();
    }
    return toUuid(tick);
  }

  /**
   * Reads the time out of an id.
   *
   * @param uuid a UUID of version 7, whoever issued it
   * @return the time in its first 48 bits, in whole milliseconds
   * @throws NullPointerException if {@code uuid} is null
   * @throws IllegalArgumentException if {@code uuid} is of another version, or not of RFC 9562's variant
   */
  public static Instant timeOf(UUID uuid) {
    requireNonNull(uuid, "uuid");
    checkArgument(
        uuid.version() == 7 && uuid.variant() == 2,
        "uuid must be of version 7 and variant 2, was of version %s and variant %s: %s",
        uuid.version(),
        uuid.variant(),
        uuid);
    return Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16);
  }

  private long now() {
    long millis = clock.millis();
    checkState(
        millis >= 0 && millis <= LAST_MILLIS,
        "clock must be in [1970, 3084], was at %s ms of Unix time",
        millis);
    return millis << COUNTER_BITS;
  }

  private UUID toUuid(long tick) {
    long counter = tick & (1L << COUNTER_BITS) - 1;
    long most = tick >>> COUNTER_BITS << 16 | VERSION | counter >>> COUNTER_BITS_BEHIND_VARIANT;
    long behind = counter & (1L << COUNTER_BITS_BEHIND_VARIANT) - 1;
    long tail = random.nextLong() >>> (Long.SIZE - TAIL_BITS);
    return new UUID(most, VARIANT | behind << TAIL_BITS | tail);
  }

  /** Describes a generator; every setting has a default. */
  public static final class Builder {
    private InstantSource clock = InstantSource.system();

    /** Null stands for the shared pool, which is not made until somebody needs it. */
    private @Nullable RandomGenerator random;

    private Builder() {}

    /**
     * Sets the wall clock.
     *
     * @param clock the clock that gives ids their time
     * @return this builder
     * @throws NullPointerException if {@code clock} is null
     */
    public Builder clock(InstantSource clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets the source of the random bits. Ids can be guessed if its numbers can.
     *
     * @param random a source that may be called by all threads that draw ids; only {@code nextLong} is
     * @return this builder
     * @throws NullPointerException if {@code random} is null
     */
    public Builder random(RandomGenerator random) {
      this.random = requireNonNull(random, "random");
      return this;
    }

    /**
     * Creates the generator.
     *
     * @return a generator that has issued nothing yet
     */
    public UuidV7 build() {
      return new UuidV7(this);
    }
  }
}
