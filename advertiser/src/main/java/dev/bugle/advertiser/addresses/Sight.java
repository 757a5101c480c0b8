package dev.bugle.advertiser.addresses;

import dev.bugle.bgp.linux.AddressTable;
import dev.bugle.bgp.linux.InterfaceAddress;
import dev.bugle.bgp.linux.Link;
import dev.bugle.bgp.wire.Prefix;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The interfaces and addresses of the system at some moment.
 *
 * @param keepsMarks whether the kernel keeps with an address who has put it there (IFA_PROTO)
 */
record Sight(List<Link> links, List<InterfaceAddress> addresses, boolean keepsMarks) {

  private static final Pattern RELEASE = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4}).*");

  /** What there is now. The addresses come last: each is on an interface that was seen, or new. */
  static Sight of(AddressTable table) {
    return new Sight(
        table.links(), table.addresses(), keepsMarks(System.getProperty("os.version", "")));
  }

  /** Linux does since 5.18; one with another number that does too is not trusted to. */
  static boolean keepsMarks(String release) {
    Matcher matcher = RELEASE.matcher(release);
    if (!matcher.matches()) {
      return false;
    }
    int major = Integer.parseInt(matcher.group(1));
    return major > 5 || (major == 5 && Integer.parseInt(matcher.group(2)) >= 18);
  }

  Optional<Link> link(String name) {
    return links.stream().filter(link -> link.name().equals(name)).findFirst();
  }

  /** That address on an interface, with whatever prefix lengths it is there. */
  Stream<InterfaceAddress> on(int interfaceIndex, Prefix prefix) {
    var wanted = prefix.address().toInetAddress();
    return addresses.stream()
        .filter(at -> at.interfaceIndex() == interfaceIndex && at.address().equals(wanted));
  }

  /**
   * Whether an address that is noted is there, and is the one that was put there: it has our mark;
   * or, where there are no marks, the interface has the same number and name as then.
   */
  boolean has(LedgerEntry entry) {
    return on(entry.interfaceIndex(), entry.prefix()).anyMatch(this::isSingle)
        && (keepsMarks ? hasMarked(entry) : hasNamed(entry));
  }

  /** Whether an address is there with our mark, noted or not. */
  boolean hasMarked(LedgerEntry entry) {
    return keepsMarks
        && on(entry.interfaceIndex(), entry.prefix())
            .anyMatch(at -> isSingle(at) && at.protocol() == LedgerEntry.MARK);
  }

  private boolean hasNamed(LedgerEntry entry) {
    return link(entry.interfaceName())
        .filter(link -> link.index() == entry.interfaceIndex())
        .isPresent();
  }

  private boolean isSingle(InterfaceAddress at) {
    return at.prefixLength() == 8 * at.address().getAddress().length;
  }
}
