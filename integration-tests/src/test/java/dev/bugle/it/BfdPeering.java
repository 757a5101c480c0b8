package dev.bugle.it;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a router is to run its session with Bugle.
 *
 * @param authentication in BIRD's words; empty for none
 * @param passwords by their ids; BIRD sends with the first and accepts all
 */
record BfdPeering(
    BfdPath path,
    BfdTiming timing,
    boolean passive,
    String authentication,
    Map<Integer, String> passwords) {

  static BfdPeering active(BfdPath path, BfdTiming timing) {
    return new BfdPeering(path, timing, false, "", Map.of());
  }

  BfdPeering waiting() {
    return new BfdPeering(path, timing, true, authentication, passwords);
  }

  BfdPeering with(BfdTiming other) {
    return new BfdPeering(path, other, passive, authentication, passwords);
  }

  BfdPeering authenticated(String type, Map<Integer, String> secrets) {
    return new BfdPeering(path, timing, passive, type, new LinkedHashMap<>(secrets));
  }
}
