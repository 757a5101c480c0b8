package dev.bugle.advertiser.config;

import dev.bugle.bgp.wire.IpAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The admin server: where it listens, and who may ask it.
 *
 * @param listen all the places; none means that there is no such server
 * @param tokenFile the file with the token that requests over TCP must bear; without it, everybody
 *     who can connect may ask and command
 * @param tls what TCP is encrypted with; the path of a Unix socket is its own protection
 * @param plaintext whether a token may cross a network in clear text, for all to read
 * @param readyWhen what {@code /readyz} waits for
 */
public record AdminConfig(
    List<AdminListen> listen,
    Optional<Path> tokenFile,
    Optional<Tls> tls,
    boolean plaintext,
    ReadyWhen readyWhen) {

  /** The port where nothing else is said. */
  public static final int DEFAULT_PORT = 9179;

  /** No admin server. */
  public static final AdminConfig OFF =
      new AdminConfig(List.of(), Optional.empty(), Optional.empty(), false);

  /** What holds where nothing is said: programs on this host may ask. */
  public static final AdminConfig DEFAULT =
      at(new AdminListen.Tcp(IpAddress.parse("127.0.0.1"), DEFAULT_PORT));

  /**
   * What TCP is encrypted with; both files are PEM, and are read anew when they change.
   *
   * @param certificateFile the certificate, and then those between it and its authority
   * @param keyFile its private key (PKCS #8, without a passphrase)
   */
  public record Tls(Path certificateFile, Path keyFile) {}

  /** Copies the list, and checks that who listens to a network asks for a token. */
  public AdminConfig {
    listen = List.copyOf(listen);
    for (AdminListen place : listen) {
      if (place instanceof AdminListen.Tcp tcp && !tcp.isLoopback()) {
        refuseToBeOpen(tcp, tokenFile.isPresent(), tls.isPresent() || plaintext);
      }
    }
  }

  /** One that is ready when all peers are. */
  public AdminConfig(
      List<AdminListen> listen, Optional<Path> tokenFile, Optional<Tls> tls, boolean plaintext) {
    this(listen, tokenFile, tls, plaintext, ReadyWhen.ALL_PEERS);
  }

  private static void refuseToBeOpen(AdminListen.Tcp tcp, boolean token, boolean confidential) {
    if (!token) {
      throw new IllegalArgumentException(
          "found listen "
              + tcp
              + ", which other hosts can reach, and no token-file, so anybody there could withdraw"
              + " the VIPs; add token-file and tls, or listen on 127.0.0.1");
    }
    if (!confidential) {
      throw new IllegalArgumentException(
          "found listen "
              + tcp
              + ", which other hosts can reach, and no tls, so the token could be read on the way;"
              + " add tls, or say plaintext: true if the network is to be trusted");
    }
  }

  /** At one place, without a token. */
  public static AdminConfig at(AdminListen place) {
    return new AdminConfig(List.of(place), Optional.empty(), Optional.empty(), false);
  }
}
