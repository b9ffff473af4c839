package dev.whiteboard.core.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whiteboard.core.security.SignedLink.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class SignedLinkProperties {
  private static final Instant EXPIRES = Instant.ofEpochMilli(1_795_435_200_000L);

  private Instant now = EXPIRES.minusSeconds(60);
  private final SignedLink links =
      SignedLink.builder().key("k", new byte[32]).clock(() -> now).build();

  /** Few pieces, so that different targets are often nearly alike. */
  @Provide
  Arbitrary<String> targets() {
    Arbitrary<String> path = Arbitraries.of(
            "a", "b", "/", "%2F", "%2f", ".", "%2e", "+", "%20", "=", "&", ";")
        .list()
        .ofMaxSize(4)
        .map(pieces -> "/" + String.join("", pieces));
    Arbitrary<String> query = Arbitraries.of(
            "a", "b", "=", "&", "&", "+", "%20", "%61", "c=1", "/", "?")
        .list()
        .ofMaxSize(6)
        .map(pieces -> String.join("", pieces));
    return Combinators.combine(path, query.injectNull(0.2))
        .as((first, second) -> second == null ? first : first + "?" + second)
        .filter(SignedLinkProperties::isClear);
  }

  private static boolean isClear(String target) {
    try {
      LinkTarget.of(target);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  @Property
  void aLinkIsValidUntilItExpiresAndExpiredFromThenOn(
      @ForAll("targets") String target,
      @ForAll @LongRange(max = 253_402_300_799_999L) long expires,
      @ForAll @IntRange(min = -1000, max = 1000) int late) {
    String link = links.sign(target, Instant.ofEpochMilli(expires));
    now = Instant.ofEpochMilli(expires + late);
    assertEquals(late < 0 ? Verdict.VALID : Verdict.EXPIRED, links.verify(link));
  }

  @Property
  void aLinkWithACharacterChangedIsForged(
      @ForAll("targets") String target,
      @ForAll @IntRange(max = 1000) int place,
      @ForAll @From("characters") char other) {
    String link = links.sign(target, EXPIRES);
    int at = place % link.length();
    Assume.that(link.charAt(at) != other);
    String changed = link.substring(0, at) + other + link.substring(at + 1);
    assertEquals(Verdict.FORGED, links.verify(changed));
  }

  @Property
  void aLinkWithACharacterMoreOrLessIsForged(
      @ForAll("targets") String target,
      @ForAll @IntRange(max = 1000) int place,
      @ForAll @From("characters") char more) {
    String link = links.sign(target, EXPIRES);
    int at = place % link.length();
    String head = link.substring(0, at);
    assertEquals(Verdict.FORGED, links.verify(head + more + link.substring(at)), "more");
    assertEquals(Verdict.FORGED, links.verify(head + link.substring(at + 1)), "less");
    assertEquals(Verdict.FORGED, links.verify(link + more), "at the end");
  }

  @Provide
  Arbitrary<Character> characters() {
    return Arbitraries.oneOf(
        Arbitraries.of('/', '?', '&', '=', '%', '.', '+', '#', ';', ' ', '0', 'A', '\n'),
        Arbitraries.chars());
  }

  @Property
  void theOrderOfTheParametersDoesNotMatter(
      @ForAll("targets") String target, @ForAll Random random) {
    String link = links.sign(target, EXPIRES);
    int question = link.indexOf('?');
    List<String> parameters =
        new ArrayList<>(Arrays.asList(link.substring(question + 1).split("&", -1)));
    Collections.shuffle(parameters, random);
    assertEquals(
        Verdict.VALID,
        links.verify(link.substring(0, question + 1) + String.join("&", parameters)));
  }

  /** What a request is: a method, a path, and a set of parameters as they are written. */
  private record Request(String method, String path, Set<String> parameters) {
    static Request of(String method, String target) {
      String[] halves = target.split("\\?", 2);
      return new Request(
          method, halves[0], halves.length == 1 ? Set.of() : Set.of(halves[1].split("&", -1)));
    }
  }

  @Property
  void twoLinksHaveOneSignatureIfTheyAreOneRequest(
      @ForAll("targets") String target,
      @ForAll("targets") String other,
      @ForAll("methods") String method,
      @ForAll("methods") String otherMethod) {
    String signature = signature(links.sign(method, target, EXPIRES));
    String otherSignature = signature(links.sign(otherMethod, other, EXPIRES));
    if (Request.of(method, target).equals(Request.of(otherMethod, other))) {
      assertEquals(signature, otherSignature);
    } else {
      assertNotEquals(signature, otherSignature);
    }
  }

  @Provide
  Arbitrary<String> methods() {
    return Arbitraries.of("GET", "GET", "PUT", "GETa");
  }

  private static String signature(String link) {
    return link.substring(link.indexOf("&signature="));
  }

  @Property
  void theSignatureOfOneRequestDoesNotServeAnother(
      @ForAll("targets") String target, @ForAll("targets") String other) {
    Assume.that(!Request.of("GET", target).equals(Request.of("GET", other)));
    String link = links.sign(target, EXPIRES);
    String terms = link.substring(link.indexOf("expires="));
    String moved = other + (other.contains("?") ? "&" : "?") + terms;
    assertEquals(Verdict.FORGED, links.verify(moved));
  }

  @Property
  void whateverAClientSendsGetsAVerdict(@ForAll String method, @ForAll String target) {
    assertEquals(Verdict.FORGED, links.verify(method, target));
    assertEquals(Verdict.FORGED, links.verify("/?" + target));
    assertEquals(Verdict.FORGED, links.verify(links.sign("/", EXPIRES) + "&" + target));
  }
}
