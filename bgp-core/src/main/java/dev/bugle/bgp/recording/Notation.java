package dev.bugle.bgp.recording;

import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.Bytes;
import java.util.Locale;

/** How single values stand in a recording. What cannot be read is an IllegalArgumentException. */
final class Notation {

  private static final String MEMBER = "member-";

  private Notation() {}

  /** {@code connect-retry} for CONNECT_RETRY. */
  static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E constant(Class<E> type, String text) {
    for (E value : type.getEnumConstants()) {
      if (text(value).equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException("no " + type.getSimpleName() + " is called '" + text + "'");
  }

  /** {@code 6/2}, and {@code 6/2:05656e6f7567} with data. */
  static String text(BgpError error) {
    String code = error.code() + "/" + error.subcode();
    return error.data().isEmpty() ? code : code + ":" + error.data();
  }

  static BgpError error(String text) {
    String[] parts = text.split("[/:]", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw new IllegalArgumentException("'" + text + "' is no error of the form 6/2 or 6/2:data");
    }
    Bytes data = parts.length == 3 ? Bytes.hex(parts[2]) : Bytes.EMPTY;
    return new BgpError(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), data);
  }

  static AddressFamily family(String text) {
    return AddressFamily.parse(text);
  }

  static String remoteAsText(RemoteAs remoteAs) {
    if (remoteAs instanceof RemoteAs.Exactly exactly) {
      return Long.toString(exactly.asn());
    }
    return remoteAs instanceof RemoteAs.Member member
        ? MEMBER + member.asn()
        : text((RemoteAs.Relation) remoteAs);
  }

  static RemoteAs remoteAs(String text) {
    if (text.startsWith(MEMBER)) {
      return new RemoteAs.Member(Long.parseLong(text.substring(MEMBER.length())));
    }
    return text.chars().allMatch(Character::isDigit)
        ? RemoteAs.of(Long.parseLong(text))
        : constant(RemoteAs.Relation.class, text);
  }

  /** In one line, whatever is in it. */
  static String escaped(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        line.append("\\\\");
      } else if (Character.isISOControl(c) || Character.isSurrogate(c)) {
        line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }

  static String unescaped(String line) {
    StringBuilder text = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '\\') {
        text.append(c);
      } else if (line.startsWith("\\\\", i)) {
        text.append('\\');
        i++;
      } else if (line.startsWith("\\u", i) && i + 6 <= line.length()) {
        text.append((char) Integer.parseInt(line.substring(i + 2, i + 6), 16));
        i += 5;
      } else {
        throw new IllegalArgumentException("a lone backslash; it is written as two");
      }
    }
    return text.toString();
  }
}
