package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids from the specification (ulid/spec, README) and the tests of its JavaScript implementation (ulid/javascript). */
class UlidVectorsTest {
  @ParameterizedTest
  @CsvSource({
    "01ARZ3NDEKTSV4RRFFQ69G5FAV, 1469922850259, 01563e3a-b5d3-d676-4c61-efb99302bd5b",
    "01BX5ZZKBKACTAV9WEVGEMMVRZ, 1508808576371, 015f4bff-cd73-5334-ada7-8edc1d4a6f1f",
    "01ARYZ6S41TSV4RRFFQ69G5FAV, 1469918176385, 01563df3-6481-d676-4c61-efb99302bd5b",
    "01JQ4T23H220KM7X0B3V1109DQ, 1742844530210, 0195c9a1-0e22-1027-43f4-0b1ec21025b7",
    "7ZZZZZZZZZZZZZZZZZZZZZZZZZ, 281474976710655, ffffffff-ffff-ffff-ffff-ffffffffffff"
  })
  void agreesOnTimeAndBits(String text, long millis, UUID uuid) {
    assertEquals(uuid, Ulid.parse(text).toUuid());
    assertEquals(text, Ulid.of(uuid).toString());
    assertEquals(millis, Ulid.parse(text).time().toEpochMilli());
  }

  /** ulid/spec, section Monotonicity. */
  @ParameterizedTest
  @CsvSource({
    "01BX5ZZKBKACTAV9WEVGEMMVRY, 01BX5ZZKBKACTAV9WEVGEMMVRZ",
    "01BX5ZZKBKACTAV9WEVGEMMVRZ, 01BX5ZZKBKACTAV9WEVGEMMVS0",
    "01BX5ZZKBKZZZZZZZZZZZZZZZY, 01BX5ZZKBKZZZZZZZZZZZZZZZZ"
  })
  void agreesOnTheNextInAMillisecond(String text, String next) {
    assertEquals(next, Ulid.parse(text).increment().toString());
  }

  /** ulid/javascript, crockford.spec.ts. */
  @Test
  void agreesOnWhatPeopleType() {
    assertEquals(
        "01ARYZ6S41TSV4RRFFQ69G5FAV", Ulid.parse("oLARYZ6-S41TSV4RRF-FQ69G5FAV").toString());
  }
}
