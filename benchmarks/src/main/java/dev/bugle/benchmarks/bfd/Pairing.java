package dev.bugle.benchmarks.bfd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A contender and the reference neighbour, with sessions between them. */
final class Pairing implements AutoCloseable {

  private static final Duration UP_LIMIT = Duration.ofSeconds(30);

  /**
   * The BFD daemon of FRR takes half a minute or more to read a thousand sessions from its
   * configuration.
   */
  private static final Duration ALL_UP_LIMIT = Duration.ofMinutes(3);

  private final Path directory;
  private final Timing timing;
  private final Link link;
  private final ReferenceNeighbour neighbour;
  private final Contender.Speaker speaker;

  private Pairing(Contender.Job job, ReferenceNeighbour neighbour, Contender.Speaker speaker) {
    this.directory = job.directory();
    this.timing = job.timing();
    this.link = job.link();
    this.neighbour = neighbour;
    this.speaker = speaker;
  }

  /**
   * Starts both; their sessions are not up yet.
   *
   * @param directory where one for this trial is made
   */
  static Pairing start(Trial trial, int sessions, Path directory)
      throws IOException, InterruptedException {
    Path own = Files.createTempDirectory(directory, trial.contender() + "-");
    Link link = Link.join(trial.contender().toString(), sessions);
    ReferenceNeighbour neighbour = null;
    try {
      Path theirs = Files.createDirectory(own.resolve("neighbour"));
      neighbour = ReferenceNeighbour.start(theirs, link, trial.timing());
      Contender.Job job = new Contender.Job(own, link, trial.timing(), trial.load().makesGarbage());
      return new Pairing(job, neighbour, trial.contender().start(job));
    } catch (IOException | InterruptedException | RuntimeException e) {
      if (neighbour != null) {
        neighbour.close();
      }
      link.close();
      throw e;
    }
  }

  ReferenceNeighbour neighbour() {
    return neighbour;
  }

  Contender.Speaker speaker() {
    return speaker;
  }

  /** Begins to watch the only session. */
  Capture capture() throws IOException {
    return Capture.open(Files.createTempDirectory(directory, "capture-"), link);
  }

  /** Waits until the only session is steady; the sightings so far. */
  List<Sighting> requireSteady(Capture capture) throws IOException, InterruptedException {
    speaker.requireAlive();
    neighbour.requireAlive();
    return capture.trace().require(UP_LIMIT, "a steady session of " + timing, new Steady(timing));
  }

  /** Waits until the neighbour says that all sessions are up. */
  void requireAllUp() throws IOException, InterruptedException {
    int sessions = link.pairs().size();
    Eventually.require(
        ALL_UP_LIMIT,
        sessions + " sessions up",
        () -> {
          speaker.requireAlive();
          return neighbour.sessionsUp() == sessions;
        });
  }

  @Override
  public void close() {
    try (link;
        neighbour) {
      speaker.close();
    }
  }
}
