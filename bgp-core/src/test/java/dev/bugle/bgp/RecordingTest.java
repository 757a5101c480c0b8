package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.recording.EventLog;
import dev.bugle.bgp.recording.MalformedRecordingException;
import dev.bugle.bgp.recording.Replay;
import dev.bugle.bgp.recording.SessionRecorder;
import dev.bugle.bgp.recording.SessionRecording;
import dev.bugle.bgp.session.Action;
import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.PathState;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real session between two speakers on loopback is recorded, and replayed. */
@Timeout(30)
class RecordingTest {

  @TempDir private Path directory;

  private final BgpSpeaker router =
      BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").listen("127.0.0.1", 0).build());
  private final BgpSpeaker announcer =
      BgpSpeaker.open(SpeakerConfig.builder(4_200_000_001L, "192.0.2.1").build());
  private final PeerLog atRouter = new PeerLog();
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("router.txt");
  }

  @AfterEach
  void close() {
    announcer.close();
    router.close();
  }

  private static PeerConfig.Builder towardsAnnouncer() {
    return PeerConfig.builder("127.0.0.2", 4_200_000_001L)
        .passive(true)
        .holdTime(Duration.ofSeconds(30))
        .description("leaf\nwith a line feed");
  }

  private Peer towardsRouter(EventLog eventLog) {
    return announcer.peer(
        PeerConfig.builder("127.0.0.1", 65000)
            .port(router.listenAddresses().get(0).getPort())
            .localAddress("127.0.0.2")
            .nextHop("2001:db8::2")
            .connectRetry(Duration.ofMillis(300))
            .build(),
        PeerListener.NONE,
        eventLog);
  }

  /** Establishes, announces, resets, fails its path, and ends. */
  private void live(EventLog ofRouter, EventLog ofAnnouncer) throws Exception {
    Peer leaf = router.peer(towardsAnnouncer().build(), atRouter, ofRouter);
    towardsRouter(ofAnnouncer);
    atRouter.established();
    Announcement vip = announcer.announce(Route.to("203.0.113.1/32").build());
    announcer.announce(Route.to("2001:db8::10/128").communities("65001:7", "no-export").build());
    atRouter.await("IPv6 route", line -> line.contains("MP_REACH"));
    vip.close();
    atRouter.await("UPDATE withdrawn");
    leaf.reset("new \"colours\"\\");
    atRouter.await("state ACTIVE: reset");
    atRouter.established();
    leaf.pathState(PathState.UP, "BFD: up");
    leaf.pathState(PathState.DOWN, "BFD: down\r\n> start");
    atRouter.await("state ACTIVE: BFD: down");
    atRouter.established();
    Deadline.await(announcer.shutdown("over"));
    atRouter.await("received NOTIFICATION");
  }

  @Test
  void aReplayOfBothSidesDoesWhatTheSessionsDid() throws Exception {
    Path other = directory.resolve("announcer.txt");
    try (SessionRecorder ofRouter = SessionRecorder.open(file);
        SessionRecorder ofAnnouncer = SessionRecorder.open(other)) {
      live(ofRouter, ofAnnouncer);
      router.close();
      assertThat(ofRouter.lost()).isZero();
    }
    for (Path recording : List.of(file, other)) {
      Replay replay = SessionRecording.replay(recording);
      assertThat(replay.difference()).as(recording.toString()).isEmpty();
      assertThat(replay.cut()).isEmpty();
      assertThat(replay.ignoredKeys()).isEmpty();
      assertThat(replay.events()).isGreaterThan(12);
      assertThat(replay.agrees()).isTrue();
    }
    assertThat(Files.readString(file))
        .contains(
            "# peer 127.0.0.2 (leaf\\u000awith a line feed)",
            "remote-as=4200000001",
            "options.times.hold-time=PT30S",
            "> path down BFD: down\\u000d\\u000a> start\n",
            "< deliver UPDATE withdrawn [203.0.113.1/32]",
            "\n! end\n");
  }

  /**
   * What is faulty is recorded octet by octet: it could not be written again from what was read.
   */
  @Test
  void aReplayReadsFaultyMessagesAsTheSessionDid() throws Exception {
    String marker = "ffffffffffffffffffffffffffffffff";
    try (SessionRecorder recorder = SessionRecorder.open(file)) {
      router.peer(
          PeerConfig.builder("127.0.0.66", 65066).passive(true).build(), atRouter, recorder);
      try (RawPeer hostile = RawPeer.connect("127.0.0.66", router.listenAddresses().get(0))) {
        OpenMessage open = new OpenMessage(65066, 90, Ipv4Address.parse("192.0.2.66"), List.of());
        hostile.send(open, CodecContext.INITIAL);
        hostile.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
        atRouter.established();
        // ORIGIN 9, AS_PATH 65066, NEXT_HOP 192.0.2.66, NLRI 198.51.100.0/24
        hostile.sendHex(
            marker + "002d 02 0000 0012 40010109 4002 04 0201fe2a 400304c0000242 18c63364");
        atRouter.await("UPDATE");
        hostile.sendHex(marker + "0013 2a");
        atRouter.await("state ACTIVE: received: message type 42");
      }
      router.close();
    }
    Replay replay = SessionRecording.replay(file);
    assertThat(replay.difference()).isEmpty();
    assertThat(Files.readString(file))
        .contains(
            "> received remote update " + marker + "002d0200000012400101094002040201fe2a",
            "TREAT_AS_WITHDRAW: ORIGIN",
            "> faulty remote 1/3:2a message type 42\n");
  }

  private List<String> recorded() throws Exception {
    try (SessionRecorder recorder = SessionRecorder.open(file)) {
      live(recorder, EventLog.NONE);
      router.close();
    }
    return Files.readAllLines(file);
  }

  private Replay replayOf(List<String> lines) throws Exception {
    Files.write(file, lines);
    return SessionRecording.replay(file);
  }

  @Test
  void aSessionThatDidSomethingElseIsFoundOut() throws Exception {
    List<String> lines = recorded();
    int line = lines.indexOf("< state IDLE -> ACTIVE: started");
    lines.set(line, "< state IDLE -> CONNECT: started");
    Replay replay = replayOf(lines);
    assertThat(replay.agrees()).isFalse();
    assertThat(replay.difference())
        .hasValueSatisfying(
            difference -> {
              assertThat(lines.get(difference.line() - 1)).isEqualTo("> start");
              assertThat(difference.event()).isEqualTo("start");
              assertThat(difference.recorded()).containsExactly("state IDLE -> CONNECT: started");
              assertThat(difference.replayed()).containsExactly("state IDLE -> ACTIVE: started");
            });
    lines.remove(line);
    assertThat(replayOf(lines).agrees()).as("an action is missing").isFalse();
  }

  @Test
  void aReplayUnderAnotherConfigurationDiffers() throws Exception {
    List<String> lines = recorded();
    lines.replaceAll(line -> line.replace("hold-time=PT30S", "hold-time=PT33S"));
    assertThat(replayOf(lines).difference())
        .hasValueSatisfying(
            difference -> assertThat(difference.event()).isEqualTo("opened remote"));
  }

  @Test
  void aRecordingThatWasNotClosedIsReplayedAsFarAsItGoes() throws Exception {
    List<String> lines = recorded();
    for (int length = 3; length < lines.size(); length++) {
      Replay replay = replayOf(lines.subList(0, length));
      assertThat(replay.agrees()).as("%s lines", length).isTrue();
      assertThat(replay.cut()).hasValueSatisfying(cut -> assertThat(cut).contains("not closed"));
    }
  }

  @Test
  void aLineThatIsCutOffIsAnErrorThatNamesIt() throws Exception {
    List<String> lines = recorded();
    String text = String.join("\n", lines.subList(0, 9));
    Files.writeString(file, text);
    assertThatThrownBy(() -> SessionRecording.replay(file))
        .isInstanceOfSatisfying(
            MalformedRecordingException.class, error -> assertThat(error.line()).isEqualTo(9))
        .hasMessageStartingWith("line 9: the file is cut off within this line");
  }

  @Test
  void keysOfAnotherVersionAreToldAndDoNotMatter() throws Exception {
    List<String> lines = recorded();
    lines.replaceAll(line -> line.startsWith("config ") ? line + " options.mood=good" : line);
    Replay replay = replayOf(lines);
    assertThat(replay.agrees()).isTrue();
    assertThat(replay.ignoredKeys()).containsExactly("options.mood");
  }

  @Test
  void aRecordingEndsAtItsLimitAndSaysSo() throws Exception {
    int limit = 4096;
    try (SessionRecorder recorder = SessionRecorder.open(file, limit)) {
      live(recorder, EventLog.NONE);
      router.close();
    }
    assertThat(Files.size(file)).isLessThanOrEqualTo(limit);
    Replay replay = SessionRecording.replay(file);
    assertThat(replay.agrees()).isTrue();
    assertThat(replay.events()).isPositive();
    assertThat(replay.cut())
        .hasValueSatisfying(cut -> assertThat(cut).contains("full", "limit of 4096 octets"));
  }

  @Test
  void aFileIsNotOverwrittenAndARecordingIsOfOneSession() throws Exception {
    Files.writeString(file, "precious");
    assertThatThrownBy(() -> SessionRecorder.open(file))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readString(file)).isEqualTo("precious");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionRecorder.open(directory.resolve("small"), 100))
        .withMessageContaining("4096");
    try (SessionRecorder recorder = SessionRecorder.open(directory.resolve("one"))) {
      router.peer(towardsAnnouncer().build(), atRouter, recorder);
      PeerConfig second = PeerConfig.builder("127.0.0.3", 65001).passive(true).build();
      assertThatIllegalStateException()
          .isThrownBy(() -> router.peer(second, atRouter, recorder))
          .withMessageContaining("one of its own");
      assertThat(router.peers()).hasSize(1);
    }
  }

  @Test
  void aLogThatThrowsDoesNotHurtTheSession() throws Exception {
    live(
        new EventLog() {
          @Override
          public void handled(Event event, List<Action> actions) {
            throw new IllegalStateException("a log with a bug");
          }
        },
        EventLog.NONE);
  }
}
