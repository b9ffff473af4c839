package dev.whiteboard.benchmarks.peers;

import static java.util.Map.entry;

import dev.whiteboard.benchmarks.peers.IdText.Trait;
import dev.whiteboard.core.id.Crockford32;
import dev.whiteboard.core.id.ShortCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

class IdTextMutantsTest extends SuiteMutants<IdText> {
  private static final int WIDTH = Crockford32.WIDTH + 1;
  private static final int SMALL = 3844;
  private static final ShortCode CODES = ShortCode.builder(1).width(2).build();

  @Override
  LawSuite<IdText> suite() {
    return new LawSuite<>("encoders", IdTextLaws.all(), List.of());
  }

  /** Crockford's base 32 with all zeros and the check symbol, so that every law applies. */
  @Override
  IdText sound() {
    return IdText.of(
            id -> Crockford32.encodeFixed(id.low()) + Crockford32.checkSymbol(id.low()),
            IdTextMutantsTest::read,
            Id.unsigned(-1),
            Trait.values())
        .withTooLarge("ZZZZZZZZZZZZZZ")
        .withSmallCodes(SMALL, CODES::encode);
  }

  private static Id read(String text) {
    if (text.length() != WIDTH) {
      throw new IllegalArgumentException("text must have 14 characters");
    }
    return Id.unsigned(Crockford32.decodeChecked(text));
  }

  @Override
  Map<String, IdText> mutants() {
    IdText sound = sound();
    return Map.ofEntries(
        entry(
            IdTextLaws.ROUND_TRIP,
            sound.withDecode(text -> Id.unsigned(read(text).low() & ~(1L << 60)))),
        entry(IdTextLaws.SORT, sound.withEncode(id -> Long.toUnsignedString(id.low()))),
        entry(
            IdTextLaws.LENGTH,
            sound.withDecode(text -> Id.unsigned(Crockford32.decodeChecked(text)))),
        entry(IdTextLaws.FOREIGN, sound.withDecode(text -> read(text.replace('_', '0')))),
        entry(
            IdTextLaws.OVERFLOW,
            sound.withDecode(text -> text.startsWith("Z") ? Id.unsigned(0) : read(text))),
        entry(IdTextLaws.SPOKEN, sound.withDecode(text -> {
          if (!text.equals(text.toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException("text must be in capitals");
          }
          return read(text);
        })),
        entry(
            IdTextLaws.TYPO,
            sound.withDecode(
                text -> Id.unsigned(Crockford32.decode(text.substring(0, text.length() - 1))))),
        entry(IdTextLaws.ONE_CODE, sound.withSmallCodes(SMALL, number -> CODES.encode(number / 2))),
        entry(
            IdTextLaws.HIDDEN,
            sound.withSmallCodes(SMALL, number -> Crockford32.encodeFixed(number))));
  }
}
