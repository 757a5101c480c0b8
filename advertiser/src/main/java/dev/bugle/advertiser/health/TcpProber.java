package dev.bugle.advertiser.health;

import java.io.IOException;
import java.net.Socket;

/** Connects, and closes. */
final class TcpProber implements Prober {

  private final Probe.Tcp probe;

  TcpProber(Probe.Tcp probe) {
    this.probe = probe;
  }

  @Override
  public Outcome probe(Attempt attempt) throws IOException {
    try (Socket socket = Dial.connect(probe.host(), probe.port(), attempt)) {
      return Outcome.passed("connected to " + probe.host() + " port " + socket.getPort());
    }
  }
}
