package dev.bugle.advertiser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.Eventually;
import dev.bugle.advertiser.admin.Answer;
import dev.bugle.advertiser.admin.Request;
import dev.bugle.advertiser.admin.Route;
import dev.bugle.advertiser.api.Extras;
import dev.bugle.advertiser.api.Reload;
import dev.bugle.advertiser.cli.RunningProgram.Said;
import dev.bugle.advertiser.client.Access;
import dev.bugle.advertiser.client.AdminAddress;
import dev.bugle.advertiser.client.AdminClient;
import dev.bugle.advertiser.client.AdminException;
import dev.bugle.advertiser.config.AdminListen;
import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.json.JsonText;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a real server of a real advertiser with a router. */
@Timeout(60)
class RemoteCommandsTest {

  @TempDir private Path dir;

  private RunningProgram start() throws Exception {
    RunningProgram program = new RunningProgram(dir, Extras.NONE);
    Eventually.is(() -> program.advertiser.missing().isEmpty(), program.advertiser::missing);
    await(program, "203.0.113.2", "is announced since");
    await(program, "203.0.113.3", "it is ill");
    await(program, "203.0.113.4", "none0");
    return program;
  }

  private static void await(RunningProgram program, String vip, String text) {
    Eventually.is(
        () -> program.run("why", vip).out().contains(text), () -> program.run("why", vip));
  }

  @Test
  void statusShowsVipsAndPeers() throws Exception {
    try (RunningProgram program = start()) {
      Said said = program.run("status");
      assertThat(said.err()).isEmpty();
      assertThat(said.code()).isZero();
      assertThat(said.masked().replaceAll("no interface[^\\n]*", "NO INTERFACE"))
          .startsWith(
              """
              bugle unreleased, AS 65001, router id 192.0.2.1, started T ago
              ready

              VIP  NAME  POSTURE  SINCE  WHY
              203.0.113.1/32  api  withdrawn  T ago  not yet
              203.0.113.2/32  -  announced  T ago  always
              203.0.113.3/32  -  withdrawn  T ago  health api:\
              """)
          .endsWith(
              """
              PEER  NAME  AS  STATE  SINCE  SENT  BFD  WHY
              127.0.0.1  tor  65000  established  T ago  1  -  received KEEPALIVE\
              """);
      Json json = JsonText.read(program.run("status", "-o", "json").out());
      assertThat(json.find("status").orElseThrow().find("established")).contains(Json.of(1));
    }
  }

  @Test
  void whySaysEachInputAndTheRule() throws Exception {
    try (RunningProgram program = start()) {
      program.lead(RunningProgram.held());
      await(program, "api", "is announced since");
      assertThat(program.run("why", "203.0.113.1/32").masked())
          .isEqualTo(
              """
              VIP api (203.0.113.1/32) is announced since TIME, T ago.
              Because a peer is up.
              Because leadership cp is held (won).
              The rule: A VIP is announced while everything that it needs is known to hold.

              INPUT  VALUE  EFFECT  SINCE  HOLDS FOR  REASON
              peers  up  lets it be announced  T ago  -  a peer is up
              leadership cp  held  lets it be announced  T ago  -  won\
              """);

      program.lead(Leadership.lost(Ticker.system().nanos(), "another has it"));
      await(program, "api", "is not announced");
      assertThat(program.run("why", "api").out())
          .contains("The rule: A VIP is announced only while its leadership is held.");

      assertThat(program.run("why", "203.0.113.3").masked())
          .contains("VIP 203.0.113.3/32 is not announced since TIME, T ago.")
          .contains("Because health api is down (")
          .contains("The rule: A VIP is announced only while every check of it is up.")
          .contains("leadership always  held  lets it be announced");
      assertThat(program.run("why", "203.0.113.4").masked())
          .contains("Because address 203.0.113.4/32 on none0 is failed (")
          .contains("The rule: A VIP is announced only while its address is on its interface.");

      Said none = program.run("why", "203.0.113.9");
      assertThat(none.code()).isEqualTo(Main.FAILED);
      assertThat(none.err()).startsWith("there is no VIP 203.0.113.9; there are api (203.0.113.1");
    }
  }

  @Test
  void drainWaitsUntilItIsWithdrawnAndUndrainUndoesIt() throws Exception {
    try (RunningProgram program = start()) {
      Said said = program.run("drain", "203.0.113.2", "--wait", "--reason", "new kernel");
      assertThat(said.err()).isEmpty();
      assertThat(said.out().strip()).isEqualTo("VIP 203.0.113.2/32 is withdrawn");
      assertThat(program.run("why", "203.0.113.2").masked())
          .contains("Because drain is drained (drained: new kernel).")
          .contains("A VIP that is drained is withdrawn when its drain time is over.");
      assertThat(program.run("undrain", "203.0.113.2").out().strip())
          .isEqualTo("VIP 203.0.113.2/32 is not drained any more");
      await(program, "203.0.113.2", "is announced since");

      assertThat(program.run("drain").out())
          .contains("VIP api (203.0.113.1/32) is drained: withdrawn in 0.2s");
      assertThat(program.run("undrain", "203.0.113.2").out())
          .contains("but everything is still drained: drained: by an operator");
      assertThat(program.run("status").out()).contains("everything is drained: drained: by an");
      assertThat(program.run("undrain").out()).contains("api (203.0.113.1/32) is not drained any");
      await(program, "203.0.113.2", "is announced since");

      Said ugly = program.run("drain", "--reason", "\u001b[2J");
      assertThat(ugly.code()).isEqualTo(Main.FAILED);
      assertThat(ugly.err()).contains("the reason has").doesNotContain("\u001b");
    }
  }

  @Test
  void routesAreShownAsTheyWereTold() throws Exception {
    try (RunningProgram program = start()) {
      program.lead(RunningProgram.held());
      Eventually.is(
          () -> program.run("routes", "sent", "tor").out().contains("203.0.113.1/32"),
          () -> program.run("routes", "sent", "tor"));
      assertThat(program.run("routes", "sent", "127.0.0.1").masked())
          .isEqualTo(
              """
              PREFIX  PATH  NEXT HOP  AS PATH  PREF  MED  COMMUNITIES
              203.0.113.1/32  -  127.0.0.1  65001  -  7  65001:100
              203.0.113.2/32  -  127.0.0.1  65001  -  -  -\
              """);
      assertThat(program.run("routes", "received", "127.0.0.1").out().strip())
          .isEqualTo("no routes received: the session with 127.0.0.1 is established");
      program.router.announce("198.51.100.0/24");
      Eventually.is(
          () -> program.run("routes", "received", "tor").out().contains("198.51.100.0/24"),
          () -> program.run("routes", "received", "tor"));
      assertThat(program.run("routes", "received", "tor").masked())
          .endsWith("198.51.100.0/24  -  127.0.0.1  65000  -  -  -");
      assertThat(program.run("routes", "sent", "192.0.2.9").err())
          .startsWith("there is no peer 192.0.2.9; there are 127.0.0.1 (tor)");
    }
  }

  @Test
  void everyAnswerIsAsItIsDescribed() throws Exception {
    Reload reload =
        () -> CompletableFuture.completedFuture(new Reload.Outcome(true, List.of("nothing")));
    try (RunningProgram program =
        new RunningProgram(dir, new Extras(Optional.empty(), Optional.of(reload)))) {
      await(program, "203.0.113.2", "is announced since");
      int seen = 0;
      for (Route route : program.api.content().routes()) {
        Map<String, String> path = new HashMap<>();
        route
            .parameters()
            .forEach(one -> path.put(one.name(), one.name().equals("vip") ? "api" : "127.0.0.1"));
        path.remove("limit");
        Optional<Json> body = route.body().map(schema -> Json.object().build());
        Answer answer =
            route
                .handler()
                .handle(new Request(path, Map.of(), body, "test", ""))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        if (answer instanceof Answer.Text text) {
          assertThat(text.status()).as(route.path()).isEqualTo(200);
          assertThat(route.answer().schema().orElseThrow().faults(JsonText.read(text.text())))
              .as(route.method() + " " + route.path())
              .isEmpty();
          seen++;
        }
      }
      assertThat(seen).isEqualTo(17);
      assertThat(program.run("reload").out()).contains("nothing", "the new configuration holds");
      assertThat(program.run("bfd").out()).startsWith("there is no BFD");
      assertThat(program.run("peers").masked()).contains("127.0.0.1  tor");
    }
  }

  @Test
  void eventsBeginWithTheStateAndFollowTheDescription() throws Exception {
    try (RunningProgram program = start()) {
      Route events =
          program.api.content().routes().stream()
              .filter(route -> route.path().equals("/v1/events"))
              .findFirst()
              .orElseThrow();
      List<String> heard = new CopyOnWriteArrayList<>();
      List<String> faults = new CopyOnWriteArrayList<>();
      AdminClient client =
          new AdminClient(
              new Access(
                  AdminAddress.parse(program.server.places().get(0).toString()),
                  Optional.empty(),
                  Optional.empty(),
                  false));
      Thread reader =
          new Thread(
              () -> {
                try {
                  client.follow(
                      "/v1/events",
                      (event, data) -> {
                        faults.addAll(events.answer().schema().orElseThrow().faults(data));
                        heard.addAll(Happening.lines(event, data));
                      });
                } catch (AdminException e) {
                  heard.add(e.text());
                }
              });
      reader.setDaemon(true);
      reader.start();
      Eventually.is(
          () ->
              heard.stream().anyMatch(line -> line.endsWith("203.0.113.2/32: announced (always)")),
          () -> heard);
      program.lead(RunningProgram.held());
      Eventually.is(
          () -> heard.stream().anyMatch(line -> line.endsWith("leadership cp: held (won)")),
          () -> heard);
      Eventually.is(
          () ->
              heard.stream()
                  .anyMatch(line -> line.endsWith("VIP api (203.0.113.1/32): announced (won)")),
          () -> heard);
      program.router.close();
      Eventually.is(
          () -> heard.stream().anyMatch(line -> line.contains("peer 127.0.0.1 (tor): active")),
          () -> heard);
      program.server.close();
      Eventually.is(
          () -> heard.stream().anyMatch(line -> line.contains("has ended the stream")),
          () -> heard);
      assertThat(faults).isEmpty();
      reader.join();
    }
  }

  @Test
  void aUnixSocketDoesAsWell() throws Exception {
    Path socket = dir.resolve("admin.sock");
    try (RunningProgram program =
        new RunningProgram(dir, Extras.NONE, new AdminListen.UnixSocket(socket))) {
      await(program, "203.0.113.2", "is announced since");
      Said reload = program.run("reload");
      assertThat(reload.code()).isEqualTo(Main.FAILED);
      assertThat(reload.err()).contains("this program cannot reload");
    }
    Said gone = RunningProgram.runAlone("status", "--admin", "unix:" + socket);
    assertThat(gone.code()).isEqualTo(Main.FAILED);
    assertThat(gone.err()).startsWith("cannot reach bugle at unix:" + socket).contains("bugle run");
  }

  @Test
  void whoIsNotThereIsSaidToBeSo() {
    Said said = RunningProgram.runAlone("status", "--admin", "127.0.0.1:1");
    assertThat(said.code()).isEqualTo(Main.FAILED);
    assertThat(said.err())
        .startsWith("cannot reach bugle at 127.0.0.1:1: ")
        .contains("is bugle run running there?")
        .doesNotContain("\tat ");
    assertThat(RunningProgram.runAlone("status", "--admin", "here").code())
        .isEqualTo(Main.WRONG_INPUT);
    assertThat(RunningProgram.runAlone("routes", "lost", "x").code()).isEqualTo(Main.WRONG_INPUT);
  }

  @Test
  void bashCompletesCommands() throws Exception {
    Said script = RunningProgram.runAlone("completion", "bash");
    Path file = Files.writeString(dir.resolve("c.sh"), script.out());
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source "
                    + file
                    + "; COMP_WORDS=(bugle dr); COMP_CWORD=1; COMP_LINE='bugle dr';"
                    + " COMP_POINT=8; _complete_bugle; echo \"${COMPREPLY[@]}\"")
            .redirectErrorStream(true)
            .start();
    assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
        .isEqualTo("drain");
    assertThat(RunningProgram.runAlone("completion", "zsh").out()).contains("bashcompinit");
  }
}
