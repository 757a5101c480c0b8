package dev.bugle.it;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Watches a wire with tshark, which reads BGP independently of Bugle and of the routers. */
final class WireTap implements AutoCloseable {

  private static final String PROGRAM = "/usr/bin/tshark";
  private static final String NOTIFICATIONS = "bgp.type == 3";

  /** The subcode has a field of its own for each code; all but one are empty. */
  private static final List<String> FIELDS =
      List.of(
          "ip.src",
          "bgp.notify.major_error",
          "bgp.notify.minor_error",
          "bgp.notify.minor_error_open",
          "bgp.notify.minor_error_update",
          "bgp.notify.minor_error_expired",
          "bgp.notify.minor_error_state",
          "bgp.notify.minor_error_cease");

  private final HostProcess process;

  private WireTap(HostProcess process) {
    this.process = process;
  }

  static Optional<String> missing() {
    return Files.isExecutable(Path.of(PROGRAM))
        ? Optional.empty()
        : Optional.of("not installed on this host: tshark");
  }

  /** Begins to watch for NOTIFICATION messages, and returns when it does. */
  static WireTap on(Wire wire) {
    ScratchDirectory directory = ScratchDirectory.create();
    List<String> command = new ArrayList<>(List.of(PROGRAM, "-n", "-l", "-i", device(wire)));
    command.addAll(List.of("-f", "tcp", "-Y", NOTIFICATIONS, "-T", "fields", "-E", "separator=,"));
    FIELDS.forEach(field -> command.addAll(List.of("-e", field)));
    // TMPDIR is where it keeps its capture file.
    HostProcess process =
        HostProcess.start(directory, Map.of("TMPDIR", directory.toString()), command);
    process.awaitOutput("Capture started");
    return new WireTap(process);
  }

  private static String device(Wire wire) {
    try {
      return NetworkInterface.getByInetAddress(InetAddress.getByName(wire.hostV4())).getName();
    } catch (UnknownHostException | SocketException e) {
      throw new IllegalStateException("no interface has " + wire.hostV4(), e);
    }
  }

  /** The NOTIFICATION messages seen so far, like {@code 10.231.0.1/2/2}: sender, code, subcode. */
  List<String> notifications() {
    return process
        .out()
        .lines()
        .map(line -> line.replaceAll(",+", "/").replaceAll("/$", ""))
        .toList();
  }

  @Override
  public void close() {
    process.close();
  }
}
