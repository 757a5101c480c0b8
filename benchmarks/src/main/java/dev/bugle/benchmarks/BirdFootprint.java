package dev.bugle.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** BIRD, with static routes. */
final class BirdFootprint implements FootprintContender {

  @Override
  public String name() {
    return "bird";
  }

  @Override
  public Optional<String> absence() {
    return new BirdContender().absence();
  }

  @Override
  public Running start(Path directory, InetSocketAddress own, Optional<InetSocketAddress> receiver)
      throws IOException {
    String routes =
        IntStream.rangeClosed(1, VIPS)
            .mapToObj("route 203.0.113.%d/32 blackhole; "::formatted)
            .collect(Collectors.joining());
    String direction =
        receiver
            .map(at -> "neighbor port %d; connect delay time 1;".formatted(at.getPort()))
            .orElse("passive;");
    Path configuration =
        Files.writeString(
            directory.resolve("bird.conf"),
            """
            router id 192.0.2.2;
            protocol device { }
            protocol static vips { ipv4; %s}
            protocol bgp receiver {
              local 127.0.0.1 port %d as %d;
              neighbor %s as %d;
              strict bind;
              multihop;
              %s
              ipv4 { import none; export all; next hop self; };
            }
            """
                .formatted(
                    routes, own.getPort(), AS, MeasuringPeer.ADDRESS, MeasuringPeer.AS, direction));
    return Running.of(
        Daemon.start(
            directory,
            List.of(
                Daemon.find("bird").orElseThrow().toString(),
                "-f",
                "-c",
                configuration.toString(),
                "-s",
                directory.resolve("bird.ctl").toString())));
  }
}
