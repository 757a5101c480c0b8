package dev.bugle.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The program in a process of its own, as its launcher starts it, which is given a cause to
 * withdraw over a socket: as much as the control socket of BIRD.
 */
final class BugleProgramContender implements Contender {

  static final String NAME = "bugle-program";

  private final ProgramCause cause;

  BugleProgramContender(ProgramCause cause) {
    this.cause = cause;
  }

  @Override
  public String name() {
    return cause == ProgramCause.leadership ? NAME : "bugle-" + cause;
  }

  @Override
  public String trigger() {
    return cause.words();
  }

  @Override
  public Optional<String> absence() {
    return BugleProgram.absence();
  }

  @Override
  public Speaker start(Path directory, InetSocketAddress receiver)
      throws IOException, InterruptedException {
    BugleProgram.prepare(directory);
    ProgramCause.Trigger trigger = cause.open(directory);
    try {
      Daemon daemon = BugleProgram.start(directory, configuration(receiver.getPort(), trigger));
      try {
        trigger.connect(daemon);
        return new Program(daemon, trigger);
      } catch (IOException | InterruptedException | RuntimeException e) {
        daemon.close();
        throw e;
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      trigger.close();
      throw e;
    }
  }

  static String configuration(int port, ProgramCause.Trigger trigger) {
    return """
    speaker: {local-as: %d, router-id: 192.0.2.4}
    peers: [{address: %s, remote-as: %d, port: %d}]
    drain: {time: 0s}
    """
            .formatted(AS, MeasuringPeer.ADDRESS, MeasuringPeer.AS, port)
        + trigger.configuration();
  }

  private record Program(Daemon daemon, ProgramCause.Trigger trigger) implements Speaker {

    @Override
    public Optional<InetSocketAddress> address() {
      return Optional.empty();
    }

    @Override
    public void announce() throws IOException {
      trigger.announce();
    }

    @Override
    public void withdraw() throws IOException {
      trigger.withdraw();
    }

    @Override
    public void settle() throws IOException {
      try {
        trigger.settle();
      } catch (IOException e) {
        daemon.requireAlive(); // else that is why
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      daemon.close();
      trigger.close();
    }
  }
}
