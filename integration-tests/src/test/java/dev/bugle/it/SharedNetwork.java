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
      HostCommand.run("ip", "addr", "add", network.address(host) + "/24", "dev", device)
          .succeeded();
      HostCommand.run("ip", "addr", "add", network.addressV6(host) + "/64", "dev", device, "nodad")
          .succeeded();
    }
    for (int host : inside) {
      machine.run("ip", "addr", "add", network.address(host) + "/24", "dev", "eth0").succeeded();
      machine
          .run("ip", "addr", "add", network.addressV6(host) + "/64", "dev", "eth0", "nodad")
          .succeeded();
    }
    return network;
  }

  private static SharedNetwork unused() {
    for (int attempt = 0; attempt < 100; attempt++) {
      SharedNetwork network = new SharedNetwork(ThreadLocalRandom.current().nextInt(256));
      if (!Wire.isLocal(network.address(1)) && !Wire.isLocal(network.addressV6(1))) {
        return network;
      }
    }
    throw new IllegalStateException("no free subnet found in 10.232.0.0/16");
  }

  /** The address of a host, 1 to 254. */
  String address(int host) {
    return "10.232.%d.%d".formatted(number, host);
  }

  /** Its IPv6 address, which ends with the same digits. */
  String addressV6(int host) {
    return "fdb6:9e1e:2027:%x::%d".formatted(number + 1, host);
  }

  IpAddress ipAddress(int host, boolean isIpv4) {
    return IpAddress.parse(isIpv4 ? address(host) : addressV6(host));
  }
}
