package dev.bugle.bgp.rib;

import java.util.Locale;

/** What a rule does with a route that it matches, once it has changed it. */
public enum Verdict {
  /** The peer is told; no other rule is asked. */
  ACCEPT,
  /** The peer is not told; no other rule is asked. */
  REJECT,
  /** The next rule is asked, which sees the route as it is by then. */
  CONTINUE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
