package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostOrdinalTest {
  @ParameterizedTest
  @CsvSource({
    "web-0, 0",
    "web-3, 3",
    "web-1023, 1023",
    "w-7, 7",
    "3-5, 5",
    "image-store-12, 12",
    "web-1-2, 2",
    "WEB-3, 3",
    "web-3.web.default.svc, 3",
    "web-3.web-9.default.svc.cluster.local., 3",
    "zip-10-0-0-3, 3",
    "ip-10-0-3, 3"
  })
  void ordinal_podOfAStatefulSet_isItsNumber(String hostName, int expected) {
    assertEquals(expected, NodeLease.ordinal(hostName, 1024));
  }

  /** No number, no hyphen, no set; numbers with sign or leading zero; addresses; what is no host name. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "web",
        "web-",
        "-3",
        "3",
        "web3",
        "web--3",
        "-web-3",
        "web-x",
        "web-3x",
        "web-03",
        "web-00",
        "web-+3",
        "web.web-3",
        "localhost",
        "10.0.0.3",
        "web-5d4f8c7b9-x2x7k",
        "ip-10-0-0-3",
        "IP-10-0-0-3.ec2.internal",
        "web-3\n",
        " web-3",
        "web 1-3",
        "web_1-3",
        "web-3.a b",
        "wéb-3",
        "web-٣"
      })
  void ordinal_otherNames_areRefused(String hostName) {
    assertRefused(
        "hostName must end in a StatefulSet's ordinal, like web-3 or web-3.web.default.svc, was "
            + hostName,
        hostName,
        1024);
  }

  @Test
  void ordinal_nameTooLong_isRefused() {
    assertEquals(3, NodeLease.ordinal("w".repeat(253) + "-3", 4));
    assertThrows(
        IllegalArgumentException.class, () -> NodeLease.ordinal("w".repeat(254) + "-3", 4));
  }

  @Test
  void ordinal_outOfRange_namesRangeAndHost() {
    assertRefused("ordinal of hostName must be in [0, 7], was 8 in web-8.web", "web-8.web", 8);
    assertRefused("ordinal of hostName must be in [0, 0], was 1 in a-1", "a-1", 1);
    assertRefused(
        "ordinal of hostName must be in [0, 1048575], was 4294967297 in web-4294967297",
        "web-4294967297",
        1 << 20);
  }

  @Test
  void ordinal_nodesOutOfRange_isNamed() {
    assertRefused("nodes must be in [1, 1048576], was 0", "web-0", 0);
    assertRefused("nodes must be in [1, 1048576], was 1048577", "web-0", (1 << 20) + 1);
  }

  @Test
  void ordinal_null_namesTheArgument() {
    assertEquals(
        "hostName",
        assertThrows(NullPointerException.class, () -> NodeLease.ordinal(null, 8))
            .getMessage());
  }

  private static void assertRefused(String message, String hostName, int nodes) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> NodeLease.ordinal(hostName, nodes))
            .getMessage());
  }
}
