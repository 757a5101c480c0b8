package dev.bugle.bgp.recording;

import dev.bugle.bgp.session.Action;
import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.SessionConfig;
import dev.bugle.bgp.session.SessionFsm;
import dev.bugle.bgp.wire.Codecs;
import dev.bugle.bgp.wire.nlri.Families;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link SessionRecorder} wrote, and lets it happen again. */
public final class SessionRecording {

  private final RecordingLines lines;
  private final Codecs codecs;
  private final MessageNotation messages = new MessageNotation();
  private final EventNotation events = new EventNotation(messages);
  private final ActionNotation actions = new ActionNotation(messages);
  private @Nullable SessionFsm fsm;
  private Set<String> ignoredKeys = Set.of();
  private long replayed;

  // The event that is being compared.
  private int eventLine;
  private String event = "";
  private final List<String> recordedActions = new ArrayList<>();
  private List<String> replayedActions = List.of();

  private SessionRecording(RecordingLines lines, Codecs codecs) {
    this.lines = lines;
    this.codecs = codecs;
  }

  /**
   * Gives the recorded events to a new machine with the recorded configuration, and compares what
   * it does with what is recorded, until the two differ.
   *
   * @throws MalformedRecordingException when the file is damaged or is none, naming the line
   * @throws IOException when it cannot be read
   */
  public static Replay replay(Path file) throws IOException {
    return replay(file, Codecs.of(Families.ALL));
  }

  /**
   * Gives the recorded events to a new machine with the recorded configuration, and compares what
   * it does with what is recorded, until the two differ.
   *
   * @param codecs that the speaker had
   * @throws MalformedRecordingException when the file is damaged or is none, naming the line
   * @throws IOException when it cannot be read
   */
  public static Replay replay(Path file, Codecs codecs) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      return new SessionRecording(new RecordingLines(in), codecs).replay();
    }
  }

  private Replay replay() throws IOException {
    if (!lines.next().orElse("").equals(Format.HEADER)) {
      throw new MalformedRecordingException(
          1, "this is no recording that can be read here; one begins with: " + Format.HEADER);
    }
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      String text = line.get();
      if (text.startsWith(Format.NOTE) || text.startsWith(Format.EVENT)) {
        if (differs(recordedActions)) {
          return result(Optional.empty());
        }
      }
      if (text.startsWith(Format.NOTE)) {
        return result(
            text.equals(Format.END)
                ? Optional.empty()
                : Optional.of(
                    "line " + lines.number() + ": " + text.substring(Format.NOTE.length())));
      }
      take(text);
    }
    // The writer was ended: of the last event, some actions may be missing.
    int known = Math.min(recordedActions.size(), replayedActions.size());
    List<String> whole = replayedActions;
    replayedActions = whole.subList(0, known);
    boolean differs = differs(recordedActions);
    replayedActions = differs ? whole : replayedActions;
    return result(
        Optional.of("the recording was not closed; it ends after line " + lines.number()));
  }

  private Replay result(Optional<String> cut) {
    Optional<Replay.Difference> difference =
        recordedActions.equals(replayedActions)
            ? Optional.empty()
            : Optional.of(
                new Replay.Difference(eventLine, event, recordedActions, replayedActions));
    return new Replay(replayed, difference, cut, ignoredKeys);
  }

  private boolean differs(List<String> recorded) {
    return !recorded.equals(replayedActions);
  }

  private void take(String text) throws IOException {
    try {
      if (text.startsWith(Format.CONFIG)) {
        configure(text.substring(Format.CONFIG.length()));
      } else if (text.startsWith(Format.TIME)) {
        new BigDecimal(text.substring(Format.TIME.length()));
      } else if (text.startsWith(Format.EVENT)) {
        happen(text.substring(Format.EVENT.length()));
      } else if (text.startsWith(Format.ACTION)) {
        recordedActions.add(text.substring(Format.ACTION.length()));
      } else if (!text.isEmpty() && !text.startsWith(Format.COMMENT)) {
        throw lines.malformed("neither event, action, time, note nor comment: " + text);
      }
    } catch (RuntimeException wrong) {
      throw lines.malformed(wrong);
    }
  }

  private void configure(String text) throws IOException {
    if (fsm != null) {
      throw lines.malformed("a second configuration");
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : text.split(" ", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw lines.malformed("'" + pair + "' is not of the form key=value");
      }
      pairs.put(pair.substring(0, equals), Notation.unescaped(pair.substring(equals + 1)));
    }
    RecordReader reader = new RecordReader(pairs, codecs);
    fsm = new SessionFsm(reader.read(SessionConfig.class));
    ignoredKeys = reader.unused();
  }

  private void happen(String text) throws IOException {
    if (fsm == null) {
      throw lines.malformed("an event before the configuration");
    }
    Event next = events.event(text);
    eventLine = lines.number();
    event = text;
    recordedActions.clear();
    List<String> answer = new ArrayList<>();
    for (Action action : fsm.handle(next)) {
      answer.add(actions.line(action));
    }
    replayedActions = answer;
    replayed++;
  }
}
