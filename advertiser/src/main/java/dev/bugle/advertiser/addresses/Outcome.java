package dev.bugle.advertiser.addresses;

/** How an address stands after a pass. */
record Outcome(Binding.State state, String reason) {

  static Outcome failed(String reason) {
    return new Outcome(Binding.State.FAILED, reason);
  }

  static Outcome bound(String reason) {
    return new Outcome(Binding.State.BOUND, reason);
  }
}
