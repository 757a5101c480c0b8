package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import java.nio.file.Path;

/** The keys about VIPs on interfaces of this host: one of a VIP, one of the whole file. */
final class AddressKeys {

  /** What the system takes for a name. */
  static final Type<String> INTERFACE =
      Types.word("the name of an interface such as lo", "(?!\\.{1,2}$)[^\\s/:\\p{Cntrl}]{1,15}");

  static final Path DEFAULT_LEDGER = Path.of("/run/bugle/addresses");

  static final Key<String> BIND =
      Key.optional(
          "bind",
          INTERFACE,
          "The interface that the address is put on while it is announced, such as lo; without it,"
              + " the address must be on the host by other means.");

  static final Key<Path> LEDGER =
      Key.withDefault(
          "address-ledger",
          Types.PATH,
          DEFAULT_LEDGER.toString(),
          "The file in which addresses that are put on interfaces are noted, so that a process"
              + " after a crash removes them.");

  private AddressKeys() {}
}
