package dev.bugle.advertiser.health;

import java.io.IOException;

/** How one kind of probe is done. It has one caller at a time. */
interface Prober {

  /**
   * Probes once, on a thread of its own. What it opens it gives to the attempt, which closes it
   * when time is over, from another thread.
   *
   * @throws IOException whose message says to people why it failed
   */
  Outcome probe(Attempt attempt) throws IOException, InterruptedException;

  static Prober of(Probe probe) {
    if (probe instanceof Probe.Http http) {
      return new HttpProber(http);
    }
    if (probe instanceof Probe.Tcp tcp) {
      return new TcpProber(tcp);
    }
    if (probe instanceof Probe.Exec exec) {
      return new ExecProber(exec);
    }
    return new AddressProber((Probe.Address) probe);
  }
}
