package dev.bugle.advertiser.health;

import dev.bugle.bgp.wire.IpAddress;
import java.io.IOException;
import java.net.NetworkInterface;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks which interfaces have an address. */
final class AddressProber implements Prober {

  private final Probe.Address probe;

  AddressProber(Probe.Address probe) {
    this.probe = probe;
  }

  @Override
  public Outcome probe(Attempt attempt) throws IOException {
    attempt.step("reading the interfaces");
    String address = probe.address().toString();
    List<NetworkInterface> having;
    try (Stream<NetworkInterface> all = NetworkInterface.networkInterfaces()) {
      // A labelled address, eth0:1, is of a part of the interface, and of the interface as well.
      having = all.filter(this::has).toList();
    }
    String names = having.stream().map(NetworkInterface::getName).collect(Collectors.joining(", "));
    String wanted = probe.interfaceName().orElse(names);
    List<NetworkInterface> right =
        having.stream()
            .filter(one -> probe.interfaceName().isEmpty() || one.getName().equals(wanted))
            .toList();
    if (right.isEmpty()) {
      return Outcome.failed(missing(address, names));
    }
    for (NetworkInterface one : right) {
      if (one.isUp()) {
        return Outcome.passed(address + " is on " + one.getName());
      }
    }
    return Outcome.failed(address + " is on " + wanted + ", which is down");
  }

  private boolean has(NetworkInterface one) {
    return one.inetAddresses().map(IpAddress::of).anyMatch(probe.address()::equals);
  }

  private String missing(String address, String elsewhere) throws IOException {
    if (probe.interfaceName().isEmpty()) {
      return address + " is on no interface";
    }
    String name = probe.interfaceName().get();
    if (NetworkInterface.getByName(name) == null) {
      return "there is no interface " + name;
    }
    return address + " is not on " + name + (elsewhere.isEmpty() ? "" : ", but on " + elsewhere);
  }
}
