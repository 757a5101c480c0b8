package dev.bugle.it;

import dev.bugle.bfd.linux.Kernel;
import dev.bugle.bfd.linux.NativeMemory;
import dev.bugle.bfd.linux.Sockaddr;
import dev.bugle.bfd.linux.UdpSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A program that sends datagrams as nobody should, from inside a machine: {@code java
 * HostilePackets FROM,TO,PORT,TTL,COPIES,OCTETS ...}.
 */
final class HostilePackets {

  /** One datagram; its octets are hexadecimal. */
  record Shot(String from, String to, int ttl, String octets) {

    String argument(int port, int copies) {
      return "%s,%s,%d,%d,%d,%s".formatted(from, to, port, ttl, copies, octets);
    }
  }

  private HostilePackets() {}

  /** Runs the program in a machine and waits for its end. */
  static void send(Machine machine, int port, int copies, List<Shot> shots) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HostilePackets.class.getName()));
    shots.forEach(shot -> command.add(shot.argument(port, copies)));
    machine.run(command).succeeded();
  }

  public static void main(String[] arguments) throws UnknownHostException {
    Kernel kernel = Kernel.load();
    for (String argument : arguments) {
      String[] fields = argument.split(",", -1);
      InetAddress from = InetAddress.getByName(fields[0]);
      Sockaddr to =
          Sockaddr.of(kernel, InetAddress.getByName(fields[1]), Integer.parseInt(fields[2]), 0);
      byte[] octets = HexFormat.of().parseHex(fields[5]);
      NativeMemory memory = kernel.memory(Math.max(1, octets.length));
      memory.bytes().put(0, octets);
      try (UdpSocket socket = UdpSocket.open(kernel, from instanceof Inet4Address)) {
        socket.bind(Sockaddr.of(kernel, from, 0, 0));
        socket.sendAsControl(Integer.parseInt(fields[3]));
        for (int copy = 0; copy < Integer.parseInt(fields[4]); copy++) {
          int errno = socket.send(memory, octets.length, to);
          if (errno != 0) {
            throw new IllegalStateException("errno " + errno + " for " + argument);
          }
        }
      }
    }
  }
}
