package dev.bugle.advertiser.config;

import dev.bugle.bfd.wire.AuthenticationType;
import java.nio.file.Path;
import java.util.Map;

/**
 * How a BFD session is authenticated, with secrets that only files have. They are read when the
 * advertiser starts, and when it reloads.
 *
 * @param type in both directions
 * @param keyId which of the keys signs; all of them are accepted
 * @param files by key id, 0 to 255
 */
public record BfdKeyFiles(AuthenticationType type, int keyId, Map<Integer, Path> files) {

  /** Copies the map and checks that the key that signs is there. */
  public BfdKeyFiles {
    files = Map.copyOf(files);
    if (!files.containsKey(keyId)) {
      throw new IllegalArgumentException("there is no file of the key " + keyId);
    }
  }
}
