package dev.bugle.advertiser.config;

import dev.bugle.bfd.BfdSessionConfig;
import java.util.Optional;

/**
 * The BFD session that watches the path to a peer. Whether BGP waits for it is in {@link
 * dev.bugle.bgp.session.SessionOptions#strictPath}.
 *
 * @param session without keys when they are to be read from files
 * @param keyFiles the keys that authenticate it
 */
public record PeerBfd(BfdSessionConfig session, Optional<BfdKeyFiles> keyFiles) {

  /** Checks that there is one source of keys at most. */
  public PeerBfd {
    if (session.keys().isPresent() && keyFiles.isPresent()) {
      throw new IllegalArgumentException("BFD " + session + " has its keys already");
    }
  }
}
