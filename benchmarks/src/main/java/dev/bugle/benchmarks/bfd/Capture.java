package dev.bugle.benchmarks.bfd;

import dev.bugle.benchmarks.Daemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The BFD packets at the contender's end of the link: those of the neighbour before the contender
 * has them, its own as they leave. The kernel stamps them; it does not matter that they come here
 * up to a quarter of a second later.
 */
final class Capture implements AutoCloseable {

  private final Daemon dumpcap;
  private final String contender;
  private final Trace trace = new Trace();

  private Capture(Daemon dumpcap, String contender) {
    this.dumpcap = dumpcap;
    this.contender = contender;
  }

  /** Begins one, of a link that has a single session. */
  static Capture open(Path directory, Link link) throws IOException {
    List<String> command =
        List.of("dumpcap", "-q", "-i", Link.INTERFACE, "-f", "udp port 3784", "-w", "-");
    Daemon dumpcap = Daemon.start(directory, link.contender().inside(command));
    Capture capture = new Capture(dumpcap, link.pairs().get(0).local());
    Thread reader = new Thread(capture::read, "capture " + link.contender().name());
    reader.setDaemon(true);
    reader.start();
    return capture;
  }

  private void read() {
    try {
      new PcapngReader(dumpcap.bytes())
          .forEach(
              packet ->
                  Sighting.of(packet.nanos(), packet.frame(), contender).ifPresent(trace::add));
    } catch (IOException closed) { // As at its end.
    } finally {
      trace.end();
    }
  }

  Trace trace() {
    return trace;
  }

  @Override
  public void close() {
    dumpcap.close();
  }
}
