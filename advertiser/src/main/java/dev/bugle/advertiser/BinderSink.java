package dev.bugle.advertiser;

import dev.bugle.advertiser.addresses.AddressBinder;
import dev.bugle.advertiser.addresses.Binding;
import dev.bugle.advertiser.addresses.BoundAddress;
import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.time.Ticker;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts addresses on the interfaces of this host. What does so is opened when a configuration first
 * asks for it, and then stays.
 */
final class BinderSink implements AddressSink {

  private final Ticker ticker;
  private final Runnable changed;
  private volatile Optional<AddressBinder> binder = Optional.empty();

  BinderSink(Ticker ticker, Runnable changed) {
    this.ticker = ticker;
    this.changed = changed;
  }

  /**
   * Opens what that configuration needs. One thread at a time.
   *
   * @throws IllegalStateException when another process keeps the addresses, saying what to do
   * @throws UnsupportedOperationException when addresses cannot be kept here, saying why
   */
  void openFor(AdvertiserConfig config) {
    if (!isOpen() && config.vips().stream().anyMatch(vip -> vip.needs().boundTo().isPresent())) {
      binder = Optional.of(AddressBinder.open(config.host().addressLedger(), ticker, changed));
    }
  }

  boolean isOpen() {
    return binder.isPresent();
  }

  @Override
  public void set(Set<BoundAddress> wanted) {
    binder.ifPresent(open -> open.set(wanted));
  }

  @Override
  public Map<BoundAddress, Binding> bindings() {
    return binder.map(AddressBinder::snapshot).orElse(Map.of());
  }

  /** Removes all that is ours, and ends. */
  void close() {
    binder.ifPresent(AddressBinder::close);
  }

  /** Ends, and leaves the addresses to the next process. */
  void leaveForRestart() {
    binder.ifPresent(AddressBinder::leaveForRestart);
  }
}
