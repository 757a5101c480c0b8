package dev.bugle.it;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** BIRD 2: bird with its protocol bfd, and birdc, whose text is read as an operator reads it. */
final class BirdBfd implements RealBfd {

  private static final String PROTOCOL = "bugle";

  private final Machine machine;
  private final BirdDaemon bird;
  private BfdPeering peering;

  BirdBfd(Machine machine) {
    this.machine = machine;
    this.bird = new BirdDaemon(machine);
  }

  @Override
  public void start(BfdPeering newPeering) {
    peering = newPeering;
    bird.start(configuration());
  }

  private String configuration() {
    BfdPath path = peering.path();
    BfdTiming timing = peering.timing();
    return """
    log "%s" all;
    router id %s;
    protocol device { }
    protocol bfd %s {
      debug all;
      %s {
        min tx interval %d ms;
        min rx interval %d ms;
        idle tx interval 1 s;
        multiplier %d;
        passive %s;
        %s
      };
      neighbor %s %s;
    }
    """
        .formatted(
            bird.logFile(),
            machine.wire().routerV4(),
            PROTOCOL,
            path.isMultihop() ? "multihop" : "interface \"eth0\"",
            timing.transmit().toMillis(),
            timing.receive().toMillis(),
            timing.multiplier(),
            peering.passive() ? "on" : "off",
            authentication(),
            path.bugle(),
            path.isMultihop()
                ? "local " + path.router() + " multihop on"
                : "dev \"eth0\" local " + path.router());
  }

  private String authentication() {
    if (peering.authentication().isEmpty()) {
      return "";
    }
    return peering.passwords().entrySet().stream()
        .map(BirdBfd::password)
        .collect(Collectors.joining(" ", "authentication " + peering.authentication() + "; ", ""));
  }

  private static String password(Map.Entry<Integer, String> password) {
    return "password \"%s\" { id %d; };".formatted(password.getValue(), password.getKey());
  }

  @Override
  public void retime(BfdTiming timing) {
    peering = peering.with(timing);
    bird.configure(configuration());
  }

  /** Lets other passwords hold while the session runs. */
  void rekey(Map<Integer, String> passwords) {
    peering = peering.authenticated(peering.authentication(), passwords);
    bird.configure(configuration());
  }

  @Override
  public BfdSeen session() {
    Output shown = bird.birdc("show bfd sessions " + PROTOCOL);
    if (shown.exitCode() != 0) {
      return BfdSeen.absent("birdc: " + (shown.err() + shown.out()).strip());
    }
    // Address, interface, state, since when, interval and timeout in seconds.
    Matcher row =
        Pattern.compile(
                "(?m)^%s\\s+\\S+\\s+(\\w+)\\s+\\S+\\s+([\\d.]+)\\s+([\\d.]+)$"
                    .formatted(Pattern.quote(peering.path().bugle())))
            .matcher(shown.out());
    return row.find()
        ? new BfdSeen(
            BfdSeen.State.valueOf(row.group(1).toUpperCase(Locale.ROOT)),
            seconds(row.group(2)),
            seconds(row.group(3)),
            row.group())
        : BfdSeen.absent(shown.out());
  }

  private static Duration seconds(String number) {
    return Duration.ofMillis(Math.round(Double.parseDouble(number) * 1000));
  }

  /** BIRD tells what it received in its log only. */
  @Override
  public boolean hasHeardAdminDown() {
    String last =
        Pattern.compile("CTL received from \\S+ \\[(\\w+)")
            .matcher(log())
            .results()
            .map(line -> line.group(1))
            .reduce("", (before, next) -> next);
    return last.equals("AdminDown");
  }

  @Override
  public void switchOff() {
    bird.birdc("disable " + PROTOCOL).succeeded();
  }

  @Override
  public void switchOn() {
    bird.birdc("enable " + PROTOCOL).succeeded();
  }

  @Override
  public boolean tellsThatItIsSwitchedOff() {
    return false;
  }

  @Override
  public long timesUp() {
    return log().lines().filter(line -> line.matches(".*changed state from .* to Up.*")).count();
  }

  @Override
  public void kill() {
    bird.kill();
  }

  @Override
  public boolean running() {
    return bird.running();
  }

  @Override
  public String log() {
    return bird.log();
  }

  @Override
  public void close() {
    bird.close();
  }
}
