package dev.bugle.bgp.wire.capability;

import java.util.Locale;
import java.util.Optional;

/** What a speaker is to its peer, in business between ASes (RFC 9234 §3.1). */
public enum Role {
  /** The speaker's AS sells transit to the peer's. */
  PROVIDER(0),
  /** The speaker is a route server, the peer its client. */
  RS(1),
  /** The speaker is a client of the peer's route server. */
  RS_CLIENT(2),
  /** The speaker's AS buys transit from the peer's. */
  CUSTOMER(3),
  /** Both ASes exchange only their own routes and those of their customers. */
  PEER(4);

  private static final Role[] VALUES = values();

  private final int value;

  Role(int value) {
    this.value = value;
  }

  /** The number that stands for the role on the wire (RFC 9234 §4.1). */
  public int value() {
    return value;
  }

  /** The role of this number, if one is assigned. */
  static Optional<Role> of(int value) {
    return value < VALUES.length ? Optional.of(VALUES[value]) : Optional.empty();
  }

  /** Whether a peer in this role is the other half of the relationship (RFC 9234 §4.2). */
  public boolean agreesWith(Role peer) {
    return peer
        == switch (this) {
          case PROVIDER -> CUSTOMER;
          case RS -> RS_CLIENT;
          case RS_CLIENT -> RS;
          case CUSTOMER -> PROVIDER;
          case PEER -> PEER;
        };
  }

  /** {@code provider}, {@code rs}, {@code rs-client}, {@code customer} or {@code peer}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
