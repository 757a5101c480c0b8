package dev.bugle.bgp;

import dev.bugle.bgp.wire.Prefix;

/**
 * What a range of peers is configured with, none of which is known before it connects.
 *
 * @param range the addresses that peers may connect from
 * @param template what each of them is configured with, except for its address; each is passive,
 *     whatever the template says
 * @param limit how many of them there can be at once, 1 to 65535
 */
public record DynamicPeersConfig(Prefix range, PeerConfig template, int limit) {

  /** How many peers a range can have at once, if nothing else is said. */
  public static final int DEFAULT_LIMIT = 100;

  /** The highest limit. */
  public static final int MAX_LIMIT = 65535;

  /** Checks the limit, and that the template asks nothing of a peer that only connects to us. */
  public DynamicPeersConfig {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "the limit of " + range + " is " + limit + "; expected 1 to " + MAX_LIMIT + " peers");
    }
    if (template.session().strictPath()) {
      throw new IllegalArgumentException(
          "a peer of "
              + range
              + " is there only while it is connected, so it cannot wait for its"
              + " path to be up; take strictPath out of the template");
    }
    if (template.transport().localAddress().isPresent()) {
      throw new IllegalArgumentException(
          "we connect to no peer of "
              + range
              + ", so there is nothing to connect from; take the"
              + " local address out of the template");
    }
  }

  /**
   * Up to {@value #DEFAULT_LIMIT} peers of this range.
   *
   * @param range like {@code 192.0.2.0/24} or {@code 2001:db8::/64}
   * @param template see {@link PeerConfig#template}
   * @throws IllegalArgumentException saying what is wrong with the range or the template
   */
  public static DynamicPeersConfig of(String range, PeerConfig template) {
    return new DynamicPeersConfig(Prefix.parse(range), template, DEFAULT_LIMIT);
  }

  /** The same with this limit, 1 to 65535. */
  public DynamicPeersConfig withLimit(int newLimit) {
    return new DynamicPeersConfig(range, template, newLimit);
  }

  /** What the peer with this address is configured with. */
  PeerConfig peer(PeerAddress address) {
    return template.toBuilder().address(address).passive(true).build();
  }
}
