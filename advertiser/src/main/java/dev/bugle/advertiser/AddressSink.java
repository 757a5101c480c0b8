package dev.bugle.advertiser;

import dev.bugle.advertiser.addresses.Binding;
import dev.bugle.advertiser.addresses.BoundAddress;
import java.util.Map;
import java.util.Set;

/** Where the addresses of VIPs go. Called by one thread at a time, and never blocks it. */
interface AddressSink {

  /** Puts no address anywhere. */
  AddressSink NONE =
      new AddressSink() {
        @Override
        public void set(Set<BoundAddress> wanted) {}

        @Override
        public Map<BoundAddress, Binding> bindings() {
          return Map.of();
        }
      };

  /** Makes these the addresses that are to be on interfaces. */
  void set(Set<BoundAddress> wanted);

  /** What is known of each that is wanted. */
  Map<BoundAddress, Binding> bindings();
}
