package dev.bugle.it;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The routers that the laboratory drives. */
enum RouterKind {
  FRR("FRR", "/usr/lib/frr/bgpd"),
  GOBGP("GoBGP", "gobgpd"),
  BIRD("BIRD", "bird");

  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");

  private final String title;
  private final String program;

  RouterKind(String title, String program) {
    this.title = title;
    this.program = program;
  }

  RealRouter in(Machine machine) {
    return switch (this) {
      case FRR -> new FrrRouter(machine);
      case GOBGP -> new GobgpRouter(machine);
      case BIRD -> new BirdRouter(machine);
    };
  }

  /** The name that its makers give it. */
  String title() {
    return title;
  }

  /** What this router cannot show, and why; found by trying the daemon. */
  Map<Feature, Lack> lacks() {
    return switch (this) {
      case FRR -> FrrRouter.LACKS;
      case GOBGP -> GobgpRouter.LACKS;
      case BIRD -> BirdRouter.LACKS;
    };
  }

  boolean has(Feature feature) {
    return !lacks().containsKey(feature);
  }

  /** The routers that can show all of these. */
  static Set<RouterKind> having(Feature... features) {
    Set<RouterKind> kinds = EnumSet.allOf(RouterKind.class);
    for (Feature feature : features) {
      kinds.removeIf(kind -> !kind.has(feature));
    }
    return kinds;
  }

  /** The version of the daemon in a machine, as {@code 8.4.4}. */
  String version(Machine machine) {
    Output output = machine.run(program, "--version");
    Matcher version = VERSION.matcher(output.succeeded() + output.err());
    if (!version.find()) {
      throw new IllegalStateException("no version in " + output);
    }
    return version.group();
  }
}
