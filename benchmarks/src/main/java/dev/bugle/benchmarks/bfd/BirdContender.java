package dev.bugle.benchmarks.bfd;

import dev.bugle.benchmarks.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** BIRD, at the priority that everybody has. */
final class BirdContender implements Contender {

  private static final int IDLE_MILLIS = 1000; // its default

  @Override
  public String toString() {
    return "bird";
  }

  @Override
  public Optional<String> absence() {
    return Daemon.find("bird").isPresent()
        ? Optional.empty()
        : Optional.of("there is no program bird; on Debian: apt-get install bird2");
  }

  @Override
  public Speaker start(Job job) throws IOException {
    Path configuration = job.directory().resolve("bird.conf");
    Files.writeString(
        configuration, BirdConfiguration.text(job.link().pairs(), job.timing(), IDLE_MILLIS));
    List<String> bird =
        List.of(
            Daemon.find("bird").orElseThrow().toString(),
            "-f",
            "-c",
            configuration.toString(),
            "-s",
            job.directory().resolve("bird.ctl").toString());
    return new Speaker(List.of(Daemon.start(job.directory(), job.link().contender().inside(bird))));
  }
}
