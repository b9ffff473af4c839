package dev.whiteboard.benchmarks.peers;

import com.github.f4b6a3.tsid.Tsid;
import dev.whiteboard.benchmarks.peers.IdText.Trait;
import dev.whiteboard.core.id.Base62;
import dev.whiteboard.core.id.Crockford32;
import dev.whiteboard.core.id.ShortCode;
import dev.whiteboard.core.id.Ulid;
import io.hypersistence.tsid.TSID;
import java.util.List;
import java.util.UUID;
import org.sqids.Sqids;

/** Who writes ids as text: ours and their peers. */
final class IdTextSubjects {
  private static final Id MAX_64 = Id.unsigned(-1);
  private static final Id MAX_63 = Id.of(Long.MAX_VALUE);
  private static final Id MAX_128 = new Id(-1, -1);

  /** Two to the power of 41, which is below the number of codes: 62^7. */
  private static final Id MAX_SHORT_CODE = Id.of((1L << 41) - 1);

  private static final long KEY = 20_260_601;

  private static final String[] ULID_OVERFLOWS = {
    "80000000000000000000000000", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "ZZZZZZZZZZZZZZZZZZZZZZZZZZ"
  };
  private static final String[] CROCKFORD_OVERFLOWS = {"G000000000000", "ZZZZZZZZZZZZZ"};

  private IdTextSubjects() {}

  static List<Subject<IdText>> all() {
    return List.of(
        Subject.ours("Base62", base62()),
        Subject.ours("Crockford32, fixed width", crockford()),
        Subject.ours("Crockford32, checked", checked()),
        Subject.ours("Ulid", ulid()),
        Subject.ours("ShortCode", shortCode()),
        Subject.of("tsid-creator's text", "tsid-creator 5.2.6", tsidCreator()),
        Subject.of("hypersistence TSID's text", "hypersistence-tsid 2.1.4", hypersistence()),
        Subject.of("ulid-creator's text", "ulid-creator 5.2.3", ulidCreator()),
        Subject.of("UUID's text", "the JDK", uuid()),
        Subject.of("Sqids", "sqids 0.1.0", sqids()),
        Subject.of("textbook: base 62 unpadded", "like many articles", TextbookCodes.unpadded()),
        Subject.of("textbook: times a prime", "like many articles", TextbookCodes.multiplied()),
        Subject.of("textbook: XOR a mask", "like many articles", TextbookCodes.masked()));
  }

  private static IdText base62() {
    return IdText.of(
            id -> Base62.encode(id.low()),
            text -> Id.unsigned(Base62.decode(text)),
            MAX_64,
            Trait.FIXED_WIDTH,
            Trait.SORTS)
        .withTooLarge("LygHa16AHYG", "zzzzzzzzzzz");
  }

  /** Its reader takes any length, because it skips hyphens and leading zeros. */
  private static IdText crockford() {
    return IdText.of(
            id -> Crockford32.encodeFixed(id.low()),
            text -> Id.unsigned(Crockford32.decode(text)),
            MAX_64,
            Trait.CROCKFORD,
            Trait.SORTS)
        .withTooLarge(CROCKFORD_OVERFLOWS);
  }

  private static IdText checked() {
    return IdText.of(
            id -> Crockford32.encodeChecked(id.low()),
            text -> Id.unsigned(Crockford32.decodeChecked(text)),
            MAX_64,
            Trait.CROCKFORD,
            Trait.CHECKED)
        .withTooLarge("G000000000000G", "ZZZZZZZZZZZZZZ");
  }

  private static IdText ulid() {
    return IdText.of(
            id -> Ulid.of(id.toUuid()).toString(),
            text -> Id.of(Ulid.parse(text).toUuid()),
            MAX_128,
            Trait.FIXED_WIDTH,
            Trait.CROCKFORD,
            Trait.SORTS)
        .withTooLarge(ULID_OVERFLOWS);
  }

  private static IdText shortCode() {
    ShortCode codes = ShortCode.builder(KEY).build();
    ShortCode small = ShortCode.builder(KEY).width(2).build();
    return IdText.of(
            id -> codes.encode(id.low()),
            text -> Id.of(codes.decode(text)),
            MAX_SHORT_CODE,
            Trait.FIXED_WIDTH)
        .withSmallCodes((int) small.size(), small::encode);
  }

  private static IdText tsidCreator() {
    return IdText.of(
            id -> Tsid.from(id.low()).toString(),
            text -> Id.unsigned(Tsid.from(text).toLong()),
            MAX_64,
            Trait.FIXED_WIDTH,
            Trait.CROCKFORD,
            Trait.SORTS)
        .withTooLarge(CROCKFORD_OVERFLOWS);
  }

  private static IdText hypersistence() {
    return IdText.of(
            id -> TSID.from(id.low()).toString(),
            text -> Id.unsigned(TSID.from(text).toLong()),
            MAX_64,
            Trait.FIXED_WIDTH,
            Trait.CROCKFORD,
            Trait.SORTS)
        .withTooLarge(CROCKFORD_OVERFLOWS);
  }

  private static IdText ulidCreator() {
    return IdText.of(
            id -> com.github.f4b6a3.ulid.Ulid.from(id.toUuid()).toString(),
            text -> Id.of(com.github.f4b6a3.ulid.Ulid.from(text).toUuid()),
            MAX_128,
            Trait.FIXED_WIDTH,
            Trait.CROCKFORD,
            Trait.SORTS)
        .withTooLarge(ULID_OVERFLOWS);
  }

  private static IdText uuid() {
    return IdText.of(
        id -> id.toUuid().toString(),
        text -> Id.of(UUID.fromString(text)),
        MAX_128,
        Trait.FIXED_WIDTH,
        Trait.SORTS);
  }

  private static IdText sqids() {
    Sqids sqids = Sqids.builder().minLength(7).build();
    return IdText.of(
            id -> sqids.encode(List.of(id.low())),
            text -> Id.of(only(sqids.decode(text), text)),
            MAX_63)
        .withSmallCodes(1 << 10, number -> sqids.encode(List.of(number.longValue())));
  }

  /** Sqids reads a list of numbers, which is empty if the text is none of its own. */
  private static long only(List<Long> numbers, String text) {
    if (numbers.size() != 1) {
      throw new IllegalArgumentException("no number: " + text);
    }
    return numbers.get(0);
  }
}
