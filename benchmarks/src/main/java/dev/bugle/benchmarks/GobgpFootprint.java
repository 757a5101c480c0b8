package dev.bugle.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** gobgpd, which is told the routes by its command line client when the session is up. */
final class GobgpFootprint implements FootprintContender {

  private int api;

  @Override
  public String name() {
    return "gobgp";
  }

  @Override
  public Optional<String> absence() {
    return new GobgpContender().absence();
  }

  @Override
  public Running start(Path directory, InetSocketAddress own, Optional<InetSocketAddress> receiver)
      throws IOException {
    api = Daemon.freeAddress().getPort();
    String direction =
        receiver.map(at -> "remote-port = " + at.getPort()).orElse("passive-mode = true");
    Path configuration =
        Files.writeString(
            directory.resolve("gobgpd.toml"),
            """
            [global.config]
              as = %d
              router-id = "192.0.2.3"
              port = %d
              local-address-list = ["127.0.0.1"]
            [[neighbors]]
              [neighbors.config]
                neighbor-address = "%s"
                peer-as = %d
              [neighbors.transport.config]
                %s
              [neighbors.timers.config]
                connect-retry = 1
              [[neighbors.afi-safis]]
                [neighbors.afi-safis.config]
                  afi-safi-name = "ipv4-unicast"
            """
                .formatted(AS, own.getPort(), MeasuringPeer.ADDRESS, MeasuringPeer.AS, direction));
    return Running.of(
        Daemon.start(
            directory,
            List.of(
                Daemon.find("gobgpd").orElseThrow().toString(),
                "-f",
                configuration.toString(),
                "--pprof-disable",
                "--api-hosts",
                "127.0.0.1:" + api)));
  }

  @Override
  public void announce() throws IOException, InterruptedException {
    for (int vip = 1; vip <= VIPS; vip++) {
      Process client =
          new ProcessBuilder(
                  Daemon.find("gobgp").orElseThrow().toString(),
                  "-p",
                  Integer.toString(api),
                  "global",
                  "rib",
                  "add",
                  "203.0.113." + vip + "/32")
              .redirectErrorStream(true)
              .start();
      String printed = new String(client.getInputStream().readAllBytes(), UTF_8);
      if (client.waitFor() != 0) {
        throw new IOException("gobgp cannot add a route: " + printed.strip());
      }
    }
  }
}
