package dev.bugle.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Watches a wire with tshark, which reads BGP and BFD independently of Bugle and of the routers.
 */
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
    return watch(wire, "tcp", NOTIFICATIONS, FIELDS);
  }

  /**
   * Begins to watch, and returns when it does.
   *
   * @param captured what is read at all, as a capture filter
   * @param shown what of that is kept, as a display filter
   * @param fields of tshark that {@link #rows} has
   */
  static WireTap watch(Wire wire, String captured, String shown, List<String> fields) {
    ScratchDirectory directory = ScratchDirectory.create();
    List<String> command = new ArrayList<>(List.of(PROGRAM, "-n", "-l", "-i", wire.device()));
    command.addAll(List.of("-f", captured, "-Y", shown, "-T", "fields", "-E", "separator=;"));
    fields.forEach(field -> command.addAll(List.of("-e", field)));
    // TMPDIR is where it keeps its capture file.
    HostProcess process =
        HostProcess.start(directory, Map.of("TMPDIR", directory.toString()), command);
    process.awaitOutput("Capture started");
    return new WireTap(process);
  }

  /** The fields of each packet so far; an empty text where it does not have one. */
  List<List<String>> rows() {
    String out = process.out();
    return out.substring(0, out.lastIndexOf('\n') + 1)
        .lines()
        .map(line -> List.of(line.split(";", -1)))
        .toList();
  }

  /** The NOTIFICATION messages seen so far, like {@code 10.231.0.1/2/2}: sender, code, subcode. */
  List<String> notifications() {
    return rows().stream()
        .map(row -> row.stream().filter(field -> !field.isEmpty()).collect(Collectors.joining("/")))
        .toList();
  }

  @Override
  public void close() {
    process.close();
  }
}
