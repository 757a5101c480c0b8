package dev.bugle.advertiser;

import java.util.List;

/** A configuration that cannot take the place of the one in force; nothing was changed. */
public final class ReloadRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<String> reasons;

  /** For these reasons, at least one, each of which says what to do. */
  public ReloadRefusedException(List<String> reasons) {
    super(String.join("\n", reasons));
    this.reasons = List.copyOf(reasons);
  }

  /** All that is in the way. */
  public List<String> reasons() {
    return reasons;
  }
}
