package dev.bugle.advertiser.addresses;

import java.util.Optional;

/**
 * How it stands with an address that is wanted.
 *
 * @param standing where it stands
 * @param entry the address on the interface that has the name now; empty when none has
 * @param obstacle why it cannot be used even where it is there
 */
record Verdict(Standing standing, Optional<LedgerEntry> entry, Optional<String> obstacle) {

  /** Where it stands. */
  enum Standing {
    /** There is no such interface. */
    NOWHERE,
    /** It is to be put there. */
    MISSING,
    /** It is there and ours to remove. */
    OURS,
    /** It is there, and somebody else has put it there, so it is never removed. */
    THEIRS
  }
}
