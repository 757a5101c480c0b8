package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.Advertiser;
import dev.bugle.advertiser.ScriptedElector;
import dev.bugle.advertiser.WitnessRouter;
import dev.bugle.advertiser.admin.AdminServer;
import dev.bugle.advertiser.api.AdminApi;
import dev.bugle.advertiser.api.Extras;
import dev.bugle.advertiser.config.AdminConfig;
import dev.bugle.advertiser.config.AdminListen;
import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.ConfigFile;
import dev.bugle.advertiser.config.yaml.Settings;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bgp.wire.IpAddress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An advertiser with a router, a scripted leadership and an admin server; and its commands. */
final class RunningProgram implements AutoCloseable {

  final WitnessRouter router = new WitnessRouter();
  final ScriptedElector elector = new ScriptedElector("cp", new ArrayList<>());
  final Advertiser advertiser;
  final AdminApi api;
  final AdminServer server;
  private final List<String> access = new ArrayList<>();

  /** Where it serves is a free port, or what is given. */
  RunningProgram(Path dir, Extras extras, AdminListen... places) throws Exception {
    String yaml =
        """
        speaker: {local-as: 65001, router-id: 192.0.2.1}
        peers: [{address: 127.0.0.1, port: %d, remote-as: 65000, description: tor}]
        leadership: {cp: {type: file-lock, path: %s}}
        health: {api: {type: exec, command: [/bin/sh, -c, "echo it is ill; exit 1"], interval: 100ms, fall: 1}}
        drain: {time: 200ms}
        address-ledger: %s
        vips:
          - {prefix: 203.0.113.1/32, name: api, leadership: cp, communities: [65001:100], med: 7}
          - {prefix: 203.0.113.2/32, leadership: always}
          - {prefix: 203.0.113.3/32, leadership: always, health: [api]}
          - {prefix: 203.0.113.4/32, leadership: always, bind: none0}
        """
            .formatted(router.port(), dir.resolve("lock"), dir.resolve("ledger"));
    AdvertiserConfig file =
        ConfigFile.load(Files.writeString(dir.resolve("c.yaml"), yaml), Settings.NONE);
    AdvertiserConfig config =
        new AdvertiserConfig(
            file.speaker(),
            file.onStop(),
            file.peers(),
            file.dynamicPeers(),
            Map.of(),
            file.vips(),
            file.sources(),
            file.host());
    advertiser = Advertiser.start(config, Map.of("cp", elector));
    api = AdminApi.of(advertiser, extras);
    List<AdminListen> listen =
        places.length == 0
            ? List.of(new AdminListen.Tcp(IpAddress.parse("127.0.0.1"), 0))
            : List.of(places);
    server =
        AdminServer.open(
            new AdminConfig(listen, Optional.empty(), Optional.empty(), false), api.content());
    access.addAll(List.of("--admin", server.places().get(0).toString()));
  }

  void lead(Leadership known) {
    if (known.state() == Leadership.State.HELD) {
      elector.win(known);
    } else {
      elector.now(known);
      elector.announceChange();
    }
  }

  static Leadership held() {
    return Leadership.held(Long.MAX_VALUE, Ticker.system().nanos(), "won");
  }

  /** What a command says and how it ends, as the shell has it. */
  record Said(int code, String out, String err) {

    /** With all times alike, and the columns only apart. */
    String masked() {
      return out.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
          .replaceAll("([0-9]+[dhm])?[0-9]+(\\.[0-9])?[smh] ago", "T ago")
          .replaceAll(" {2,}", "  ")
          .strip();
    }
  }

  Said run(String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(access);
    return runAlone(all.toArray(String[]::new));
  }

  static Said runAlone(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
    return new Said(code, out.toString(), err.toString());
  }

  @Override
  public void close() {
    server.close();
    api.close();
    advertiser.close();
    router.close();
  }
}
