package dev.bugle.advertiser.config;

import dev.bugle.bgp.PeerAddress;
import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.wire.Prefix;
import java.util.List;

/**
 * A configured peer, or the peers of a configured range, as a VIP names them.
 *
 * @param name in the form in which peers and ranges are called
 * @param conditions that hold for it and for no other
 */
record PeerChoice(String name, List<Condition> conditions) {

  /**
   * By address, interface, or prefix of a range.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  static PeerChoice parse(String text) {
    if (text.contains("/")) {
      Prefix range = Prefix.parse(text);
      return new PeerChoice(range.toString(), List.of(new Condition.PeerIn(List.of(range))));
    }
    PeerAddress address =
        text.contains(":") || text.matches("[0-9.]+")
            ? PeerAddress.parse(text)
            : PeerAddress.onInterface(text);
    if (address.isInterface()) {
      return new PeerChoice(text, List.of(Condition.peerInterface(text)));
    }
    Condition byAddress = new Condition.PeerAddress(List.of(address.address()));
    return new PeerChoice(
        address.toString(),
        address
            .zone()
            .map(zone -> List.of(byAddress, Condition.peerInterface(zone)))
            .orElse(List.of(byAddress)));
  }

  @Override
  public String toString() {
    return name;
  }
}
