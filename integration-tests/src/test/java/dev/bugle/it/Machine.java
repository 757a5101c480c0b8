package dev.bugle.it;

import java.util.List;

/**
 * A small Linux of its own in which a router runs, with one wire to the host that it knows as
 * {@code eth0}.
 */
interface Machine extends AutoCloseable {

  String name();

  Wire wire();

  /** Runs a command inside, with a deadline of 20 seconds. */
  Output run(List<String> command);

  default Output run(String... command) {
    return run(List.of(command));
  }

  /** A directory inside, for configuration, sockets and logs. */
  String directory();

  /** Writes a file into the directory and returns its path inside. */
  String write(String file, String text);

  /** The text of a file in the directory; empty if it is not there. */
  default String read(String file) {
    return run("sh", "-c", "cat '" + directory() + "/" + file + "' 2>/dev/null || true")
        .succeeded();
  }

  /** From now on packets vanish in both directions, and nobody is told. */
  default void cutWire() {
    run(
            "nft",
            "add table inet cut { "
                + "chain in { type filter hook input priority -300; iifname \"eth0\" drop; }; "
                + "chain out { type filter hook output priority -300; oifname \"eth0\" drop; }; }")
        .succeeded();
  }

  default void mendWire() {
    run("nft", "delete table inet cut").succeeded();
  }

  /**
   * From now on each packet vanishes with this probability, in percent, in both directions. By
   * netfilter, since the queueing discipline netem is not in every kernel.
   */
  default void losePackets(int percent) {
    String drop = "numgen random mod 100 < " + percent + " drop; }; ";
    run(
            "nft",
            "add table inet loss { "
                + "chain in { type filter hook input priority -300; iifname \"eth0\" "
                + drop
                + "chain out { type filter hook output priority -300; oifname \"eth0\" "
                + drop
                + "}")
        .succeeded();
  }

  /** Ends every process inside and removes the machine. */
  @Override
  void close();
}
