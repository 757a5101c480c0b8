package dev.bugle.advertiser.addresses;

import dev.bugle.bgp.linux.AddressTable;
import dev.bugle.bgp.linux.AddressWatch;
import dev.bugle.bgp.linux.Kernel;
import dev.bugle.bgp.linux.SystemCallException;
import dev.bugle.bgp.linux.Wakeup;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is opened of the system.
 *
 * @param table the addresses
 * @param watch hears of changes; empty when the system does not tell them
 * @param wakeup ends the wait for them
 */
record SystemAccess(AddressTable table, Optional<AddressWatch> watch, Wakeup wakeup)
    implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SystemAccess.class);

  /**
   * Opens it.
   *
   * @throws UnsupportedOperationException where that is not possible, saying why
   */
  static SystemAccess open() {
    Kernel kernel = Kernel.load("putting addresses on interfaces");
    return new SystemAccess(new AddressTable(kernel), watch(kernel), Wakeup.open(kernel));
  }

  private static Optional<AddressWatch> watch(Kernel kernel) {
    try {
      return Optional.of(AddressWatch.open(kernel));
    } catch (SystemCallException e) {
      log.warn(
          "the system does not tell that addresses change ({}), so they are looked at every 30 s",
          e.getMessage());
      return Optional.empty();
    }
  }

  boolean hasChanged() {
    return watch.filter(AddressWatch::hasChanged).isPresent();
  }

  void await(int milliseconds) {
    wakeup.await(watch, milliseconds);
  }

  @Override
  public void close() {
    watch.ifPresent(AddressWatch::close);
    wakeup.close();
  }
}
