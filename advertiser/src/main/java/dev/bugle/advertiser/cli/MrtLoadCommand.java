package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.mrt.DumpedRoutes;
import dev.bugle.advertiser.mrt.Loading;
import dev.bugle.bgp.wire.IpAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bugle mrt load FILE PEER...}. */
@Command(
    name = "load",
    description = {
      "Announces the unicast routes of a dump of tables to peers, one for each prefix,",
      "until Ctrl-C; then they are withdrawn.",
    },
    footer = {
      "",
      "Exit code: 0 a peer was told all, 1 none was, or the file cannot be read, 2 wrong usage."
    })
final class MrtLoadCommand implements Callable<Integer> {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "FILE", description = "The file, also one of gzip.")
  private Path file = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PEER",
      description = "Addresses of the peers.")
  private List<String> peers = List.of();

  @Mixin private MrtSession session = new MrtSession();

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "Take the routes of this peer of the collector; the first of each by default.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "2147483647",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "Take that many routes at most.")
  private int limit;

  @Option(
      names = "--keep-next-hop",
      description = "Announce the next hops of the file, not the own address.")
  private boolean keepNextHop;

  /** For picocli. */
  MrtLoadCommand() {}

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    DumpedRoutes dumped;
    try {
      dumped = DumpedRoutes.read(file, choice(), fault -> err.println(Plain.text(fault)));
    } catch (IOException e) {
      err.println(MrtFiles.fault(file, e));
      return Main.FAILED;
    }
    out.printf("%s: %d routes%n", file, dumped.routes().size());
    dumped.skipped().forEach((why, count) -> out.printf("passed over: %d, %s%n", count, why));
    out.flush();
    long began = System.nanoTime();
    AtomicBoolean told = new AtomicBoolean();
    try {
      session.await(
          Loading.open(
              session.peering(),
              peers,
              dumped.routes(),
              (peer, count) -> {
                told.set(true);
                double seconds = (System.nanoTime() - began) / NANOS;
                out.printf("peer %s: has %d routes after %.1f s%n", peer, count, seconds);
                out.flush();
              }));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
    return told.get() ? Main.OK : Main.FAILED;
  }

  private DumpedRoutes.Choice choice() {
    try {
      return new DumpedRoutes.Choice(from.map(IpAddress::parse), limit, keepNextHop);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--from: " + wrong.getMessage(), wrong);
    }
  }
}
