package dev.bugle.bgp.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.PathState;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.session.SessionConfig;
import dev.bugle.bgp.session.SessionFsm;
import dev.bugle.bgp.session.SessionOptions;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.Codecs;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.NlriCodecs;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recorder on disks that are slow and full, and files that are damaged. */
@Timeout(30)
class SessionRecorderTest {

  private static final SessionConfig CONFIG =
      new SessionConfig(
          new SessionConfig.Local(65001, Ipv4Address.parse("192.0.2.1"), false),
          RemoteAs.of(65000),
          SessionOptions.DEFAULT,
          Codecs.of(NlriCodecs.UNICAST));

  @TempDir private Path directory;

  private final SessionFsm fsm = new SessionFsm(CONFIG);

  private void happen(SessionRecorder recorder, Event event) {
    recorder.handled(event, fsm.handle(event));
  }

  /** A disk that takes nothing until it is let. */
  private static final class SlowDisk extends StringWriter {
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void write(String text) {
      try {
        released.await();
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
      super.write(text);
    }
  }

  @Test
  void whatTheDiskIsTooSlowForIsLostAndToldAndNobodyWaits() throws Exception {
    SlowDisk disk = new SlowDisk();
    SessionRecorder recorder = SessionRecorder.to(disk, Path.of("slow"), Long.MAX_VALUE);
    recorder.begins("nobody", CONFIG);
    happen(recorder, new Event.Start());
    int reported = 0;
    while (recorder.lost() < 100) {
      happen(recorder, new Event.PathReported(PathState.UNKNOWN, "report " + reported++));
      assertThat(reported).as("what waits is bounded").isLessThan(100_000);
    }
    disk.released.countDown();
    recorder.close();
    Path file = directory.resolve("slow.txt");
    Files.writeString(file, disk.toString());
    Replay replay = SessionRecording.replay(file);
    assertThat(replay.agrees()).isTrue();
    assertThat(replay.events()).isEqualTo(1 + reported - 100);
    assertThat(replay.cut()).hasValueSatisfying(cut -> assertThat(cut).contains("lost 100 event"));
    assertThat(disk.toString()).endsWith("\n! end\n");
  }

  @Test
  void aDiskThatIsFullEndsTheRecordingAndNothingElse() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    StringWriter full =
        new StringWriter() {
          @Override
          public void close() throws IOException {
            refused.countDown();
            throw new IOException("No space left on device");
          }

          @Override
          public void write(String text) {
            throw new UncheckedIOException(new IOException("No space left on device"));
          }
        };
    SessionRecorder recorder = SessionRecorder.to(full, Path.of("full"), Long.MAX_VALUE);
    recorder.begins("nobody", CONFIG);
    refused.await();
    happen(recorder, new Event.Start());
    recorder.close();
    recorder.close();
    assertThat(full.toString()).isEmpty();
  }

  @Test
  void noThreadIsLeft() throws Exception {
    SessionRecorder recorder = SessionRecorder.open(directory.resolve("thread-left.txt"));
    recorder.begins("nobody", CONFIG);
    recorder.close();
    happen(recorder, new Event.Start());
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().contains("thread-left"));
    assertThat(Files.readString(directory.resolve("thread-left.txt")))
        .doesNotContain("> start")
        .endsWith("! end\n");
  }

  private Path recorded() throws IOException {
    Path file = directory.resolve("recorded.txt");
    try (SessionRecorder recorder = SessionRecorder.open(file)) {
      recorder.begins("nobody", CONFIG);
      happen(recorder, new Event.Start());
      happen(recorder, new Event.Stop(BgpError.CEASE));
    }
    return file;
  }

  @Test
  void aMachineCanBeRecordedWithoutASpeaker() throws Exception {
    Replay replay = SessionRecording.replay(recorded());
    assertThat(replay.agrees()).isTrue();
    assertThat(replay.events()).isEqualTo(2);
    assertThat(replay.cut()).isEmpty();
  }

  /** The lines are: header, remark, configuration, time, {@code > start}, and three actions. */
  @ParameterizedTest
  @CsvSource({
    "1, bugle session recording 2, no recording, 1",
    "1, '', no recording, 1",
    "3, config local.asn, key=value, 3",
    "3, config local.asn=x, local.asn=x, 3",
    "3, @ 0.1, an event before the configuration, 5",
    "4, @ noon, '', 4",
    "4, config local.asn=1, a second configuration, 4",
    "5, > began, no event is called 'began', 5",
    "5, > received remote keepalive 00, no message, 5",
    "6, connect, neither event, 6",
  })
  void aFaultyLineIsAnErrorThatNamesIt(int line, String text, String named, int at)
      throws Exception {
    List<String> lines = Files.readAllLines(recorded());
    lines.set(line - 1, text);
    Path file = directory.resolve("faulty.txt");
    Files.write(file, lines);
    assertThatThrownBy(() -> SessionRecording.replay(file))
        .isInstanceOfSatisfying(
            MalformedRecordingException.class, error -> assertThat(error.line()).isEqualTo(at))
        .hasMessageStartingWith("line " + at + ": ")
        .hasMessageContaining(named);
  }

  @Test
  void whatIsNotTextIsRefused() throws Exception {
    Path file = directory.resolve("octets");
    Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
    assertThatThrownBy(() -> SessionRecording.replay(file))
        .isInstanceOf(MalformedRecordingException.class);
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> SessionRecording.replay(file))
        .isInstanceOf(MalformedRecordingException.class);
  }

  @Test
  void anActionOfAnotherVersionIsADifference() throws Exception {
    List<String> lines = Files.readAllLines(recorded());
    lines.add(6, "< sing a song");
    Path file = directory.resolve("other.txt");
    Files.write(file, lines);
    Replay replay = SessionRecording.replay(file);
    assertThat(replay.difference().orElseThrow().recorded()).contains("sing a song");
  }
}
