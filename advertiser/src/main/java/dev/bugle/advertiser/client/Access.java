package dev.bugle.advertiser.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How an admin server is reached.
 *
 * @param address where it is
 * @param tokenFile the file with the token that it wants
 * @param caFile certificates in PEM that its own is signed by; with it TLS is spoken
 * @param plaintext whether the token may cross a network in clear text
 */
public record Access(
    AdminAddress address, Optional<Path> tokenFile, Optional<Path> caFile, boolean plaintext) {

  private static final int LONGEST_TOKEN = 1024;

  boolean isTls() {
    return address instanceof AdminAddress.Tcp tcp && (tcp.https() || caFile.isPresent());
  }

  /** The header that the token is sent in; empty without one. */
  String authorization() throws AdminException {
    if (tokenFile.isEmpty()) {
      return "";
    }
    if (address instanceof AdminAddress.Tcp tcp && !isTls() && !plaintext && !isLoopback(tcp)) {
      throw AdminException.unreachable(
          "the token could be read on the way to "
              + address
              + "; say https:// or --ca-file, or --plaintext if the network is to be trusted");
    }
    return "Authorization: Bearer " + token(tokenFile.get()) + "\r\n";
  }

  private static boolean isLoopback(AdminAddress.Tcp tcp) {
    try {
      return InetAddress.getByName(tcp.host()).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  /** Nothing of what is in the file is ever told. */
  private static String token(Path file) throws AdminException {
    byte[] octets;
    try (InputStream in = Files.newInputStream(file)) {
      octets = in.readNBytes(LONGEST_TOKEN + 3);
    } catch (NoSuchFileException e) {
      throw AdminException.unreachable("token file " + file + ": there is no such file");
    } catch (IOException e) {
      throw AdminException.unreachable(
          "token file " + file + " cannot be read; check its owner and mode");
    }
    String token = new String(octets, StandardCharsets.ISO_8859_1).strip();
    if (!token.matches("[A-Za-z0-9._~+/=-]{1," + LONGEST_TOKEN + "}")) {
      throw AdminException.unreachable(
          "token file " + file + " has no token: expected one word and nothing else");
    }
    return token;
  }
}
