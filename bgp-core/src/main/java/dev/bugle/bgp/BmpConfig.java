package dev.bugle.bgp;

import dev.bugle.bgp.wire.IpAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * A station that is told what the peers of a speaker say (RFC 7854). Each method {@code with…}
 * returns one that differs in that point.
 *
 * @param station where it listens; the speaker connects to it, and tries again when it is not there
 * @param sysName the name that the speaker gives itself
 * @param tables what it is told of
 * @param statistics between two reports of statistics, at least a second; zero: none are sent
 * @param longestBacklog in octets, at least 131072: when more than that waits because the station
 *     does not read, the connection is dropped, and the next one begins with the whole state
 */
public record BmpConfig(
    InetSocketAddress station,
    String sysName,
    Set<BmpTable> tables,
    Duration statistics,
    int longestBacklog) {

  /** Room for a message of the longest kind while others wait. */
  private static final int LEAST_BACKLOG = 1 << 17;

  private static final int BACKLOG = 64 << 20;
  private static final int MAX_NAME = 255;

  /** Checks the ranges and copies the set. */
  public BmpConfig {
    tables = Set.copyOf(tables);
    if (station.isUnresolved() || station.getPort() == 0) {
      throw new IllegalArgumentException(
          "the station " + station + " is no IP address with a port of 1 to 65535");
    }
    if (sysName.isEmpty() || sysName.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "a system name of " + sysName.length() + " characters is not of 1 to " + MAX_NAME);
    }
    if (longestBacklog < LEAST_BACKLOG) {
      throw new IllegalArgumentException(
          "a backlog of " + longestBacklog + " octets is less than " + LEAST_BACKLOG);
    }
    if (!statistics.isZero() && statistics.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "statistics every " + statistics + " are more often than every second");
    }
  }

  /**
   * A station that is told of everything, without statistics, by a speaker named bugle.
   *
   * @param address an IP literal
   * @param port 1 to 65535; there is none by convention
   */
  public static BmpConfig to(String address, int port) {
    return new BmpConfig(
        new InetSocketAddress(IpAddress.parse(address).toInetAddress(), port),
        "bugle",
        EnumSet.allOf(BmpTable.class),
        Duration.ZERO,
        BACKLOG);
  }

  /** The same with this name. */
  public BmpConfig withSysName(String name) {
    return new BmpConfig(station, name, tables, statistics, longestBacklog);
  }

  /** The same with these tables, and no others. */
  public BmpConfig withTables(Set<BmpTable> told) {
    return new BmpConfig(station, sysName, told, statistics, longestBacklog);
  }

  /** The same with a report of statistics that often. */
  public BmpConfig withStatistics(Duration interval) {
    return new BmpConfig(station, sysName, tables, interval, longestBacklog);
  }

  /** The same with this backlog. */
  public BmpConfig withLongestBacklog(int octets) {
    return new BmpConfig(station, sysName, tables, statistics, octets);
  }
}
