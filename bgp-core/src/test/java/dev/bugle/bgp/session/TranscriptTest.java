package dev.bugle.bgp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays each {@code transcripts/*.txt}: {@code > event} lines are given to a fresh machine, and the
 * {@code < action} lines below each are all that it may answer, in that order. A {@code config}
 * line begins with a fresh machine; {@code #} lines are comments.
 *
 * <p>Run with {@code -Dtranscripts.write=true} to have the actions written anew into the files,
 * then read the difference before believing it.
 */
class TranscriptTest {

  private static final Path DIRECTORY = Path.of("src/test/resources/transcripts");

  static List<Path> transcripts() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void playsAsWritten(Path file) throws IOException {
    List<String> written = Files.readAllLines(file);
    List<String> played = play(written);
    if (Boolean.getBoolean("transcripts.write")) {
      Files.write(file, played);
    }
    assertThat(played).as(file.toString()).containsExactlyElementsOf(written);
  }

  private static List<String> play(List<String> lines) {
    List<String> played = new ArrayList<>();
    TranscriptNotation notation = new TranscriptNotation("");
    SessionFsm fsm = new SessionFsm(notation.config());
    for (String line : lines) {
      if (line.startsWith("<")) {
        continue;
      }
      played.add(line);
      if (line.startsWith("config")) {
        notation = new TranscriptNotation(line.substring("config".length()));
        fsm = new SessionFsm(notation.config());
      } else if (line.startsWith("> ")) {
        for (Action action : fsm.handle(notation.event(line.substring(2)))) {
          played.add("< " + notation.text(action));
        }
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        throw new UncheckedIOException(
            new IOException("neither comment, event nor action: " + line));
      }
    }
    return played;
  }
}
