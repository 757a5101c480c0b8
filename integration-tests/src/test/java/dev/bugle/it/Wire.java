package dev.bugle.it;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The addresses of the two ends of one wire: Bugle's on the host, and the router's in its machine.
 *
 * <p>Each wire is a /29 of 10.231.0.0/16 and a /64 of a unique local prefix (RFC 4193), at a number
 * chosen at random among those that no interface of this host has.
 */
record Wire(int number) {

  private static final int NUMBERS = 1 << 13;

  static Wire unused() {
    for (int attempt = 0; attempt < 100; attempt++) {
      Wire wire = new Wire(ThreadLocalRandom.current().nextInt(NUMBERS));
      if (!isLocal(wire.hostV4()) && !isLocal(wire.hostV6())) {
        return wire;
      }
    }
    throw new IllegalStateException("no free subnet found in 10.231.0.0/16");
  }

  static boolean isLocal(String address) {
    try {
      return NetworkInterface.getByInetAddress(InetAddress.getByName(address)) != null;
    } catch (UnknownHostException | SocketException e) {
      throw new IllegalStateException("cannot look for " + address + " on this host", e);
    }
  }

  String hostV4() {
    return v4(1);
  }

  String hostV6() {
    return v6("1");
  }

  String routerV4() {
    return v4(2);
  }

  String routerV6() {
    return v6("2");
  }

  /** An address on the router's end of the wire that nobody has. */
  String strangerV4() {
    return v4(3);
  }

  /** Addresses of two more speakers on the host's end; a test that uses them adds them there. */
  List<String> feedersV4() {
    return List.of(v4(4), v4(5));
  }

  String strangerV6() {
    return v6("3");
  }

  /** Given to the host's end of a namespace's wire, besides the one that the system chose. */
  String hostLinkLocal() {
    return "fe80::1";
  }

  String routerLinkLocal() {
    return "fe80::2";
  }

  /** The name of the host's interface. */
  String device() {
    try {
      return NetworkInterface.getByInetAddress(InetAddress.getByName(hostV4())).getName();
    } catch (UnknownHostException | SocketException e) {
      throw new IllegalStateException("no interface has " + hostV4(), e);
    }
  }

  int lengthV4() {
    return 29;
  }

  int lengthV6() {
    return 64;
  }

  String subnetV4() {
    return v4(0) + "/" + lengthV4();
  }

  String subnetV6() {
    return v6("") + "/" + lengthV6();
  }

  private String v4(int host) {
    int low = number * 8 + host;
    return "10.231.%d.%d".formatted(low >> 8, low & 0xff);
  }

  private String v6(String host) {
    // Never group zero: "0::1" would have two spellings.
    return "fdb6:9e1e:2026:%x::%s".formatted(number + 1, host);
  }
}
