package dev.bugle.advertiser.demo;

import dev.bugle.advertiser.demo.Timeline.Colour;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The demo as a whole: rounds until the time is over, and what to try next. */
public final class Demo {

  private static final int SHOWN_LOG_LINES = 40;

  private final String programClass;
  private final Timeline timeline;
  private volatile Optional<Lab> current = Optional.empty();
  private volatile boolean interrupted;

  /**
   * A demo that prints to {@code out}.
   *
   * @param programClass the class whose {@code main} takes {@code run CONFIG.yaml}
   */
  public Demo(String programClass, PrintStream out, boolean coloured) {
    this.programClass = programClass;
    this.timeline = new Timeline(out, coloured);
  }

  /**
   * Plays one round, or as many as it takes to fill that time. Whatever was started is ended, also
   * when the process is interrupted meanwhile.
   *
   * @return whether the router saw every step
   */
  public boolean play(Optional<Duration> atLeast) throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::interrupt, "bugle-demo-end"));
    long end = System.nanoTime() + atLeast.orElse(Duration.ZERO).toNanos();
    timeline.text(
        Colour.BOLD, "Two advertisers compete for one VIP. This is what their router sees.");
    int rounds = 0;
    do {
      rounds++;
      if (atLeast.isPresent()) {
        timeline.text(Colour.BOLD, "Round " + rounds);
      }
      if (!playRound()) {
        return false;
      }
    } while (System.nanoTime() < end);
    timeline.text(
        Colour.GREEN,
        "The router saw every step" + (rounds == 1 ? "." : ", in each of " + rounds + " rounds."));
    sayWhatIsNext();
    return true;
  }

  private boolean playRound() throws IOException, InterruptedException {
    Optional<Lab> opened = Optional.empty();
    try {
      Lab lab = Lab.open();
      opened = Optional.of(lab);
      current = opened;
      timeline.now(
          "the router, AS "
              + Router.AS
              + ", listens; starts the advertisers "
              + lab.nodes().get(0)
              + " and "
              + lab.nodes().get(1)
              + " of AS "
              + Node.AS);
      lab.startNodes(programClass);
      new Round(timeline, lab.router().view(), lab.nodes(), lab.lock()).play();
      return true;
    } catch (StepFailedException e) {
      if (!interrupted) {
        timeline.at(System.nanoTime(), Colour.RED, "FAILED", String.valueOf(e.getMessage()));
        opened.map(Lab::nodes).ifPresent(this::showLogs);
      }
      return false;
    } finally {
      current = Optional.empty();
      opened.ifPresent(Lab::close);
    }
  }

  private void showLogs(List<Node> nodes) {
    for (Node node : nodes) {
      timeline.text(Colour.BOLD, "The end of what " + node.name() + " logged:");
      try {
        List<String> lines = Files.readAllLines(node.log(), StandardCharsets.UTF_8);
        lines.stream()
            .skip(Math.max(0, lines.size() - SHOWN_LOG_LINES))
            .forEach(line -> timeline.text(Colour.PLAIN, "  " + line));
      } catch (IOException | UncheckedIOException e) {
        timeline.text(Colour.PLAIN, "  nothing (" + e.getMessage() + ")");
      }
    }
  }

  private void sayWhatIsNext() {
    timeline.text(
        Colour.PLAIN,
        """

        Next:
          ./bugle demo --for 5m            the same again and again
          less examples/bugle.yaml         what a configuration says
          ./bugle check examples/bugle.yaml
          ./bugle run YOUR.yaml            against a router of yours
          ./bugle --help\
        """);
  }

  private void interrupt() {
    interrupted = true;
    current.ifPresent(
        lab -> {
          lab.close();
          timeline.text(Colour.YELLOW, "Interrupted; both advertisers are ended.");
        });
  }
}
