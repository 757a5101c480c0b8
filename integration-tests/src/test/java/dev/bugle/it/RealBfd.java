package dev.bugle.it;

/**
 * A real BFD daemon in a machine, with Bugle as its only peer. What it says of the session is read
 * through its own command line tool, or from its log.
 */
interface RealBfd extends AutoCloseable {

  void start(BfdPeering peering);

  /** Lets another timing hold while the session runs. */
  void retime(BfdTiming timing);

  BfdSeen session();

  /** Whether what it heard last from Bugle was that Bugle is held down by its operator. */
  boolean hasHeardAdminDown();

  /** Switches the session off, as its operator would. */
  void switchOff();

  void switchOn();

  /** Whether {@link #switchOff} makes it tell so, with AdminDown (RFC 5880 §6.8.16). */
  boolean tellsThatItIsSwitchedOff();

  /** How often the session has come up since the start. */
  long timesUp();

  /** SIGKILL. */
  void kill();

  boolean running();

  String log();

  @Override
  void close();
}
