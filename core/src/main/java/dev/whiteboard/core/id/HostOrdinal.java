package dev.whiteboard.core.id;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the ordinal out of the host name of a StatefulSet's pod: {@code web-3} is pod 3 of the set {@code web}.
 *
 * <p>Other host names can look alike, and a wrong number is worse than none. Refused are a number with a leading zero,
 * because {@code web-3} and {@code web-03} would be one node, and the names that Amazon makes from addresses, because
 * {@code ip-10-0-0-3} and {@code ip-10-0-1-3} would be. The pods of a Deployment end in five characters of
 * {@code bcdfghjklmnpqrstvwxz2456789}: if all are digits, the number is at least 22,222 and out of the usual range.
 */
final class HostOrdinal {
  /** The first label is the pod's name; the others, if any, are the domain. */
  private static final Pattern POD = Pattern.compile(
      "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?-(0|[1-9][0-9]*)(?:\\.[A-Za-z0-9.-]*)?");

  private static final Pattern ADDRESS = Pattern.compile("(?i)ip(?:-[0-9]{1,3}){4}(?:\\..*)?");

  /** Of a name in the domain name system, RFC 1035. */
  private static final int LONGEST_NAME = 255;

  /** So many digits always fit an {@code int}. */
  private static final int SAFE_DIGITS = 9;

  private HostOrdinal() {}

  static int of(String hostName, int nodes) {
    Matcher pod = POD.matcher(hostName);
    checkArgument(
        hostName.length() <= LONGEST_NAME
            && pod.matches()
            && !ADDRESS.matcher(hostName).matches(),
        "hostName must end in a StatefulSet's ordinal, like web-3 or web-3.web.default.svc, was %s",
        hostName);
    String ordinal = pod.group(1);
    checkArgument(
        ordinal.length() <= SAFE_DIGITS && Integer.parseInt(ordinal) < nodes,
        "ordinal of hostName must be in [0, %s], was %s in %s",
        nodes - 1,
        ordinal,
        hostName);
    return Integer.parseInt(ordinal);
  }
}
