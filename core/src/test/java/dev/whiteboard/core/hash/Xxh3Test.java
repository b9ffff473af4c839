package dev.whiteboard.core.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class Xxh3Test {
  @Test
  void hash_emptyKey_isThePublishedValue() {
    assertEquals(0x2d06800538d394c2L, Xxh3.hash(new byte[0]));
    assertEquals(0x2d06800538d394c2L, Xxh3.hash(""));
  }

  @Test
  void hash_partOfAnArray_isTheHashOfThosebytes() {
    assertEquals(Xxh3.hash(new byte[] {2, 3}), Xxh3.hash(new byte[] {1, 2, 3, 4}, 1, 2));
    assertEquals(Xxh3.hash(new byte[0]), Xxh3.hash(new byte[] {1, 2}, 2, 0));
  }

  @Test
  void hash_unpairedSurrogates_differFromEachOther() {
    assertEquals(false, Xxh3.hash("\ud800") == Xxh3.hash("\udc00"));
  }

  @Test
  void hash_null_namesTheArgument() {
    assertEquals(
        "text",
        assertThrows(NullPointerException.class, () -> Xxh3.hash((String) null)).getMessage());
    assertEquals(
        "bytes",
        assertThrows(NullPointerException.class, () -> Xxh3.hash((byte[]) null)).getMessage());
    assertEquals(
        "bytes",
        assertThrows(NullPointerException.class, () -> Xxh3.hash(null, 0, 0)).getMessage());
  }

  @Test
  void hash_partOutsideTheArray_isRefused() {
    byte[] four = new byte[4];
    assertThrows(IndexOutOfBoundsException.class, () -> Xxh3.hash(four, -1, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> Xxh3.hash(four, 0, -1));
    assertThrows(IndexOutOfBoundsException.class, () -> Xxh3.hash(four, 3, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> Xxh3.hash(four, 5, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> Xxh3.hash(four, 1, Integer.MAX_VALUE));
  }
}
