package dev.bugle.advertiser;

import dev.bugle.advertiser.addresses.Binding;
import dev.bugle.advertiser.addresses.BoundAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Keeps what is wanted; a test says what becomes of it. */
final class RecordingAddresses implements AddressSink {

  private final Map<BoundAddress, Binding> known = new HashMap<>();
  private Set<BoundAddress> wanted = Set.of();

  @Override
  public void set(Set<BoundAddress> addresses) {
    wanted = Set.copyOf(addresses);
    known.keySet().retainAll(wanted);
  }

  @Override
  public Map<BoundAddress, Binding> bindings() {
    return Map.copyOf(known);
  }

  Set<BoundAddress> wanted() {
    return wanted;
  }

  void now(BoundAddress address, Binding.State state) {
    known.put(address, new Binding(state, 0, "by the test"));
  }
}
