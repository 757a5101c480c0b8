package dev.bugle.bgp;

import dev.bugle.bgp.wire.message.OpenMessage;
import java.util.Optional;

/**
 * What the two sides offered each other last, also where nothing came of it.
 *
 * @param sent our OPEN; empty when none was sent yet
 * @param received the peer's OPEN; empty when none arrived yet
 */
public record Opens(Optional<OpenMessage> sent, Optional<OpenMessage> received) {

  /** None yet. */
  public static final Opens NONE = new Opens(Optional.empty(), Optional.empty());
}
