package dev.bugle.bgp.rib.table;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of a {@link Window} one peer is told: which of its entries, and what it knows and is told to
 * forget. Peers with equal selections get the same octets.
 */
final class Selection {

  /** By entry, a bit: it is announced. */
  private final long[] announced;

  private int[] withdrawn = new int[16];
  private long[] withdrawnIdentifiers = new long[16];
  private int withdrawals;
  private boolean announces;

  /** By entry: what is told otherwise than the group would be; null where there is no such. */
  private @Nullable ToldPath @Nullable [] own;

  Selection(int entries) {
    this.announced = new long[(entries + 63) >> 6];
  }

  void announce(int entry) {
    announced[entry >> 6] |= 1L << entry;
    announces = true;
  }

  /** The entry is announced so, and the octets are for this peer alone. */
  void announce(int entry, ToldPath told) {
    announce(entry);
    @Nullable ToldPath[] mine = own == null ? new ToldPath[announced.length << 6] : own;
    mine[entry] = told;
    own = mine;
  }

  void withdraw(int number, long identifier) {
    if (withdrawals == withdrawn.length) {
      withdrawn = Arrays.copyOf(withdrawn, 2 * withdrawals);
      withdrawnIdentifiers = Arrays.copyOf(withdrawnIdentifiers, 2 * withdrawals);
    }
    withdrawn[withdrawals] = number;
    withdrawnIdentifiers[withdrawals++] = identifier;
  }

  /** The next entry, from this one on, that is announced; -1 if there is none. */
  int nextAnnounced(int from) {
    for (int word = from >> 6; word < announced.length; word++) {
      long bits = announced[word];
      if (word == from >> 6) {
        bits &= -1L << from;
      }
      if (bits != 0) {
        return (word << 6) + Long.numberOfTrailingZeros(bits);
      }
    }
    return -1;
  }

  /** How an entry of the window that is announced is told. */
  ToldPath told(int entry, Window window) {
    ToldPath mine = own == null ? null : own[entry];
    return mine != null ? mine : Objects.requireNonNull(window.told(entry));
  }

  int withdrawals() {
    return withdrawals;
  }

  int withdrawn(int index) {
    return withdrawn[index];
  }

  long withdrawnIdentifier(int index) {
    return withdrawnIdentifiers[index];
  }

  boolean isEmpty() {
    return !announces && withdrawals == 0;
  }

  boolean announces() {
    return announces;
  }

  /** Whether the octets for it can be for others, too. */
  boolean isShareable() {
    return own == null;
  }

  /** Whether both, of one window, make the same octets. */
  boolean isLike(Selection other) {
    return withdrawals == other.withdrawals
        && Arrays.equals(announced, other.announced)
        && Arrays.equals(withdrawn, 0, withdrawals, other.withdrawn, 0, withdrawals)
        && Arrays.equals(
            withdrawnIdentifiers, 0, withdrawals, other.withdrawnIdentifiers, 0, withdrawals);
  }
}
