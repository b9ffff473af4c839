package dev.whiteboard.benchmarks.claims;

import com.google.common.base.Ticker;
import dev.whiteboard.core.id.Snowflake;
import java.lang.reflect.Field;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A wall clock that is set back once, and generators of ids that read it. */
final class SteppingClock {
  private static final long START = Snowflake.TWITTER_EPOCH.toEpochMilli() + 1_000_000;

  private final int stepMillis;
  private long elapsedMillis;

  /** Set back by so many milliseconds after twice as many. */
  SteppingClock(int stepMillis) {
    this.stepMillis = stepMillis;
  }

  private long wallMillis() {
    return START + elapsedMillis - (elapsedMillis < 2L * stepMillis ? 0 : stepMillis);
  }

  /**
   * What a generator made of the step.
   *
   * @param duplicates ids that had been issued before
   * @param refused calls that threw
   * @param fresh how many ids, not issued before, there had been at the end of each millisecond since the step
   */
  record Run(int duplicates, int refused, List<Integer> fresh) {}

  /** Asks for so many ids in each millisecond, until the clock has shown each time after the step twice as long again. */
  Run run(LongSupplier generator, int idsPerMilli) {
    Set<Long> issued = new HashSet<>();
    List<Integer> fresh = new ArrayList<>();
    int duplicates = 0;
    int refused = 0;
    int before = 0;
    for (elapsedMillis = 0; elapsedMillis < 4L * stepMillis; elapsedMillis++) {
      for (int i = 0; i < idsPerMilli; i++) {
        try {
          duplicates += issued.add(generator.getAsLong()) ? 0 : 1;
        } catch (IllegalStateException e) {
          refused++;
        }
      }
      if (elapsedMillis < 2L * stepMillis) {
        before = issued.size();
      } else {
        fresh.add(issued.size() - before);
      }
    }
    return new Run(duplicates, refused, fresh);
  }

  /** Our generator on this clock. It starts a second early: it may wait for the clock at first, and this one waits for the caller. */
  LongSupplier ours() {
    elapsedMillis = -1000;
    InstantSource clock = () -> Instant.ofEpochMilli(wallMillis());
    Ticker ticker = new Ticker() {
      @Override
      public long read() {
        return TimeUnit.MILLISECONDS.toNanos(elapsedMillis);
      }
    };
    return Snowflake.builder(1).clock(clock).ticker(ticker).build()::nextId;
  }

  /** The textbook's generator on this clock: a count within the millisecond that the clock shows. */
  LongSupplier textbook() {
    return new Textbook(0);
  }

  /** The same with hutool's rule: for a step of less than two seconds, stay in the latest millisecond. */
  LongSupplier staysInTheLatestMillisecond() {
    return new Textbook(2000);
  }

  private final class Textbook implements LongSupplier {
    private final long tolerance;
    private long latest;
    private int sequence;

    Textbook(long tolerance) {
      this.tolerance = tolerance;
    }

    @Override
    public long getAsLong() {
      long now = wallMillis();
      if (now < latest && latest - now < tolerance) {
        now = latest;
      }
      int next = now == latest ? sequence + 1 : 0;
      if (next > 4095) {
        throw new IllegalStateException("the millisecond is full and the clock is behind it");
      }
      latest = now;
      sequence = next;
      return now << 12 | next;
    }
  }

  /**
   * How many ids hutool issues after a step before it throws.
   *
   * <p>It takes no clock but the system's. A step back leaves it with a latest time that is ahead of the clock, so that is what
   * it is given; it then needs far less than the step for a millisecond's ids.
   */
  static int idsOfHutoolUntilItThrows(int stepMillis) {
    cn.hutool.core.lang.Snowflake hutool = new cn.hutool.core.lang.Snowflake(1, 1);
    long now = hutool.getGenerateDateTime(hutool.nextId());
    try {
      Field latest = cn.hutool.core.lang.Snowflake.class.getDeclaredField("lastTimestamp");
      latest.setAccessible(true);
      latest.setLong(hutool, now + stepMillis);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("hutool has changed", e);
    }
    for (int ids = 0; ; ids++) {
      try {
        hutool.nextId();
      } catch (IllegalStateException e) {
        return ids;
      }
      if (ids > 1_000_000) {
        throw new IllegalStateException("hutool has changed: it issued " + ids + " ids");
      }
    }
  }
}
