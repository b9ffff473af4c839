package dev.whiteboard.benchmarks.designs.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whiteboard.benchmarks.designs.http.Problem;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {
  @Test
  void split_words_areEachThereOnceInSmallLetters() {
    assertEquals(List.of("sea", "über", "x_1-2"), Tags.split("Sea, ÜBER,sea ,x_1-2"));
    assertEquals(List.of(), Tags.split(" "));
  }

  @Test
  void split_inTurkey_isAsElsewhere() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertEquals(List.of("title"), Tags.split("TITLE"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void split_longestAndMost_areTags() {
    String longest = "x".repeat(30);
    assertEquals(List.of(longest), Tags.split(longest));
    assertEquals(10, Tags.split("a,b,c,d,e,f,g,h,i,j,A").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a,", ",a", "a b", "#a", "a\u0000", "%", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})
  void split_notATag_is400(String text) {
    Problem problem = assertThrows(Problem.class, () -> Tags.split(text));
    assertEquals(400, problem.status());
    assertEquals(
        "tags must be at most 10, each 1 to 30 letters, digits, - and _", problem.detail());
  }

  @Test
  void split_elevenTags_is400() {
    assertThrows(Problem.class, () -> Tags.split("a,b,c,d,e,f,g,h,i,j,k"));
  }
}
