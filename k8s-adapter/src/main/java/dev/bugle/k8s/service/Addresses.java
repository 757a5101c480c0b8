package dev.bugle.k8s.service;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.k8s.service.ServicesConfig.Selection;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses of a Service.
 *
 * <p>What its author has written, in the annotation or else in {@code spec.loadBalancerIP}, is what
 * is announced, and the status is made to follow; so that whoever changes it sees it change. Where
 * the author has written nothing, somebody else hands addresses out, and writes them to the status.
 *
 * @param all those to announce
 * @param isWished whether the author has written them, so that the status is to follow
 * @param complaint what is wrong with them; then there are none
 */
record Addresses(List<IpAddress> all, boolean isWished, Optional<Complaint> complaint) {

  /** More than anybody has a use for. */
  private static final int MOST = 32;

  static Addresses of(Service service, Selection selection) {
    Optional<String> annotation = service.wish().annotation(Annotation.ADDRESSES);
    Optional<String> spec = service.wish().loadBalancerIp();
    String where =
        annotation.isPresent()
            ? Annotation.ADDRESSES.toString()
            : spec.isPresent() ? "spec.loadBalancerIP" : "status.loadBalancer";
    List<String> texts =
        annotation
            .or(() -> spec)
            .map(text -> Arrays.stream(text.split(",", -1)).map(String::strip).toList())
            .orElse(service.status().addresses());
    boolean isWished = annotation.isPresent() || spec.isPresent();
    try {
      return new Addresses(parse(texts, selection), isWished, Optional.empty());
    } catch (IllegalArgumentException e) {
      return new Addresses(
          List.of(),
          isWished,
          Optional.of(new Complaint("InvalidAddress", where + ": " + e.getMessage())));
    }
  }

  private static List<IpAddress> parse(List<String> texts, Selection selection) {
    if (texts.size() > MOST) {
      throw new IllegalArgumentException(
          "found " + texts.size() + " addresses; expected at most " + MOST);
    }
    Set<IpAddress> addresses = new LinkedHashSet<>();
    for (String text : texts) {
      IpAddress address = parse(text);
      if (!selection.allows(address)) {
        throw new IllegalArgumentException(
            "found "
                + address
                + "; expected an address in "
                + String.join(", ", selection.allowed().stream().map(Prefix::toString).toList())
                + ", which are the allowed-addresses of the advertiser");
      }
      addresses.add(address);
    }
    return new ArrayList<>(addresses);
  }

  private static IpAddress parse(String text) {
    if (text.length() > 50) {
      throw new IllegalArgumentException(
          "found '" + text.substring(0, 50) + "...'; expected addresses, with commas between them");
    }
    IpAddress address = single(text);
    InetAddress known = address.toInetAddress();
    if (address.isUnspecified()
        || address.isMulticast()
        || known.isLoopbackAddress()
        || known.isLinkLocalAddress()) {
      throw new IllegalArgumentException(
          "found " + text + "; expected the address of a host, which others can reach");
    }
    return address;
  }

  /** With a length it is one address all the same: the status has no place for a prefix. */
  private static IpAddress single(String text) {
    if (text.indexOf('/') < 0) {
      return IpAddress.parse(text);
    }
    Prefix prefix = Prefix.parse(text);
    if (prefix.length() != prefix.address().bitLength()) {
      throw new IllegalArgumentException(
          "found " + text + "; expected single addresses, since a Service cannot have a prefix");
    }
    return prefix.address();
  }
}
