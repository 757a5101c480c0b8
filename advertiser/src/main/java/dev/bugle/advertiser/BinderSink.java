package dev.bugle.advertiser;

import dev.bugle.advertiser.addresses.AddressBinder;
import dev.bugle.advertiser.addresses.Binding;
import dev.bugle.advertiser.addresses.BoundAddress;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.advertiser.vip.Vip;
import java.nio.file.Path;
import java.util.Collection;
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
  private volatile Path ledger;
  private boolean closed;

  BinderSink(Path ledger, Ticker ticker, Runnable changed) {
    this.ledger = ledger;
    this.ticker = ticker;
    this.changed = changed;
  }

  /**
   * From now on that is the file that says which addresses are ours; used when it is first needed.
   */
  void ledger(Path file) {
    ledger = file;
  }

  /**
   * Opens what these VIPs need.
   *
   * @throws IllegalStateException when another process keeps the addresses, saying what to do
   * @throws UnsupportedOperationException when addresses cannot be kept here, saying why
   */
  synchronized void openFor(Collection<Vip> vips) {
    boolean needed = vips.stream().anyMatch(vip -> vip.needs().boundTo().isPresent());
    if (needed && !isOpen() && !closed) {
      binder = Optional.of(AddressBinder.open(ledger, ticker, changed));
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
  synchronized void close() {
    closed = true;
    binder.ifPresent(AddressBinder::close);
  }

  /** Ends, and leaves the addresses to the next process. */
  synchronized void leaveForRestart() {
    closed = true;
    binder.ifPresent(AddressBinder::leaveForRestart);
  }
}
