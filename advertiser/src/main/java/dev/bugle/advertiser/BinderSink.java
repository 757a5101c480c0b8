package dev.bugle.advertiser;

import dev.bugle.advertiser.addresses.AddressBinder;
import dev.bugle.advertiser.addresses.Binding;
import dev.bugle.advertiser.addresses.BoundAddress;
import java.util.Map;
import java.util.Set;

/** Puts addresses on the interfaces of this host. */
final class BinderSink implements AddressSink {

  private final AddressBinder binder;

  BinderSink(AddressBinder binder) {
    this.binder = binder;
  }

  @Override
  public void set(Set<BoundAddress> wanted) {
    binder.set(wanted);
  }

  @Override
  public Map<BoundAddress, Binding> bindings() {
    return binder.snapshot();
  }
}
