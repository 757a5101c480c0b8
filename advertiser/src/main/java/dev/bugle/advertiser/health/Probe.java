package dev.bugle.advertiser.health;

import dev.bugle.bgp.wire.IpAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is looked at to tell whether something is well. */
public sealed interface Probe {

  /**
   * A request over HTTP or HTTPS, whose answer must have an expected status. Redirects are answers
   * like others, and the body is not looked at.
   *
   * @param url what is asked for
   * @param method GET or HEAD
   * @param statuses those that are expected; at least one range
   * @param headers to be sent as well, {@code Host} in place of the host of the URL
   * @param credentials whom to trust, and how to be trusted
   */
  record Http(
      HttpUrl url,
      Method method,
      List<StatusRange> statuses,
      HttpHeaders headers,
      Credentials credentials)
      implements Probe {

    /** The methods that ask without changing anything. */
    public enum Method {
      /** Asks for the answer with its body. */
      GET,
      /** Asks for the answer without its body. */
      HEAD
    }

    /** Copies the list, and checks that no token is sent in the clear. */
    public Http {
      statuses = List.copyOf(statuses);
      if (statuses.isEmpty()) {
        throw new IllegalArgumentException("no status is expected; name one, such as 200");
      }
      if (!url.isSecure() && !credentials.equals(Credentials.NONE)) {
        throw new IllegalArgumentException(
            "ca-file, server-name, token-file and the client certificate are for https, and the url"
                + " is http; write https, or remove them");
      }
    }
  }

  /**
   * What HTTPS needs to know beyond the URL. Files are read anew for each probe.
   *
   * @param caFile certificates in PEM that are trusted; without it, those of the Java runtime
   * @param serverName whose certificate the server must have; without it, that of the URL's host
   * @param tokenFile a token that is sent as {@code Authorization: Bearer}
   * @param client by which certificate the server knows us; without it, by none
   */
  record Credentials(
      Optional<Path> caFile,
      Optional<String> serverName,
      Optional<Path> tokenFile,
      Optional<ClientCertificate> client) {

    /** Nothing beyond the URL. */
    public static final Credentials NONE =
        new Credentials(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Whom to trust, and what name the server has; we show nothing. */
    public static Credentials trusting(Optional<Path> caFile, Optional<String> serverName) {
      return new Credentials(caFile, serverName, Optional.empty(), Optional.empty());
    }
  }

  /**
   * Where a certificate of ours is.
   *
   * @param certificateFile in PEM, with those behind it that the server does not have
   * @param keyFile its private key in PEM; may be the same file
   */
  record ClientCertificate(Path certificateFile, Path keyFile) {}

  /**
   * A range of HTTP statuses.
   *
   * @param from the first, from 200
   * @param to the last, at most 599
   */
  record StatusRange(int from, int to) {

    /** Checks the bounds; a status of 1xx is no final answer. */
    public StatusRange {
      if (from < 200 || to > 599 || from > to) {
        throw new IllegalArgumentException(
            "found " + from + "-" + to + "; expected statuses from 200 to 599");
      }
    }

    /** Whether the status is in it. */
    public boolean contains(int status) {
      return from <= status && status <= to;
    }

    /** {@code 200} or {@code 200-299}. */
    @Override
    public String toString() {
      return from == to ? String.valueOf(from) : from + "-" + to;
    }
  }

  /**
   * A TCP connection that is made, and closed without a word.
   *
   * @param host a name or an address
   * @param port 1 to 65535
   */
  record Tcp(String host, int port) implements Probe {

    /** Checks the port. */
    public Tcp {
      if (port < 1 || port > 65535) {
        throw new IllegalArgumentException("found the port " + port + "; expected 1 to 65535");
      }
    }
  }

  /**
   * A program that ends with exit code 0.
   *
   * @param command the program and its arguments; no shell sees them
   */
  record Exec(List<String> command) implements Probe {

    /** Copies the list and checks that it names a program. */
    public Exec {
      command = List.copyOf(command);
      if (command.isEmpty() || command.get(0).isEmpty()) {
        throw new IllegalArgumentException("no program is named; write [/path/to/it, argument]");
      }
      if (command.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
        throw new IllegalArgumentException("an argument holds the character NUL; remove it");
      }
    }
  }

  /**
   * An address that an interface of this host has, which is up.
   *
   * @param address of any family
   * @param interfaceName which interface it must be; any without it
   */
  record Address(IpAddress address, Optional<String> interfaceName) implements Probe {}
}
