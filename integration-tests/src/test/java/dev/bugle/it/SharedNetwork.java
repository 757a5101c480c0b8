package dev.bugle.it;

import dev.bugle.bgp.wire.IpAddress;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One network for several speakers on either side of a machine's wire, besides the network of the
 * wire itself: a /24 of 10.232.0.0/16 and a /64 of a unique local prefix (RFC 4193), which go with
 * the machine.
 */
record SharedNetwork(int number) {

  /** Puts these hosts of a network that is not in use on the two ends. */
  static SharedNetwork on(Machine machine, List<Integer> hosts, List<Integer> inside) {
    SharedNetwork network = unused();
    String device = machine.wire().device();
    for (int host : hosts) {
      HostCommand.run(network.adding(host, true, device)).succeeded();
      HostCommand.run(network.adding(host, false, device)).succeeded();
    }
    for (int host : inside) {
      machine.run(network.adding(host, true, "eth0")).succeeded();
      machine.run(network.adding(host, false, "eth0")).succeeded();
    }
    return network;
  }

  private static SharedNetwork unused() {
    for (int attempt = 0; attempt < 100; attempt++) {
      SharedNetwork network = new SharedNetwork(ThreadLocalRandom.current().nextInt(256));
      if (!Wire.isLocal(network.address(1, true)) && !Wire.isLocal(network.address(1, false))) {
        return network;
      }
    }
    throw new IllegalStateException("no free subnet found in 10.232.0.0/16");
  }

  private List<String> adding(int host, boolean isIpv4, String device) {
    String address = address(host, isIpv4) + (isIpv4 ? "/24" : "/64");
    // No duplicate detection (nodad), so that IPv6 can be used at once.
    return List.of("ip", "addr", "add", address, "dev", device, "nodad");
  }

  /** The IPv4 or IPv6 address of a host, 1 to 254; both end with the same digits. */
  String address(int host, boolean isIpv4) {
    return isIpv4
        ? "10.232.%d.%d".formatted(number, host)
        : "fdb6:9e1e:2027:%x::%d".formatted(number + 1, host);
  }

  IpAddress ipAddress(int host, boolean isIpv4) {
    return IpAddress.parse(address(host, isIpv4));
  }
}
