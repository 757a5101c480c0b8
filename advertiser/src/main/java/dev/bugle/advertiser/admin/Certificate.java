package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.config.AdminConfig;
import dev.bugle.advertiser.pem.Identity;
import dev.bugle.advertiser.pem.UnfitPemException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A certificate with its key, as two files had them at one moment, ready to serve. */
final class Certificate {

  private static final int MAX_FILE = 256 * 1024;

  private final byte[] certificateFile;
  private final byte[] keyFile;
  private final Identity own;
  private final SslContext context;

  private Certificate(byte[] certificateFile, byte[] keyFile, Identity own, SslContext context) {
    this.certificateFile = certificateFile;
    this.keyFile = keyFile;
    this.own = own;
    this.context = context;
  }

  /**
   * Reads both files, and checks that they belong together.
   *
   * @throws IllegalStateException naming the file and what to do, without anything of the key
   */
  static Certificate read(AdminConfig.Tls files) {
    byte[] certificateFile = read("certificate-file", files.certificateFile());
    byte[] keyFile = read("key-file", files.keyFile());
    Identity identity;
    try {
      identity = Identity.read(certificateFile, keyFile);
    } catch (UnfitPemException e) {
      throw e.isOfKey()
          ? refusal("key-file", files.keyFile(), e.getMessage(), null)
          : new IllegalStateException(
              place("certificate-file", files.certificateFile()) + e.getMessage(), e);
    }
    try {
      SslContext context =
          SslContextBuilder.forServer(identity.key(), identity.chain())
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .build();
      return new Certificate(certificateFile, keyFile, identity, context);
    } catch (SSLException | IllegalArgumentException e) {
      throw refusal("certificate-file", files.certificateFile(), "it cannot be used", e);
    }
  }

  private static byte[] read(String what, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MAX_FILE + 1);
      if (octets.length > MAX_FILE) {
        throw refusal(what, file, "it has more than " + MAX_FILE + " bytes", null);
      }
      return octets;
    } catch (NoSuchFileException e) {
      throw refusal(what, file, "there is no such file", null);
    } catch (IOException e) {
      throw refusal(what, file, "it cannot be read; check its owner and mode", e);
    }
  }

  private static IllegalStateException refusal(
      String what, Path file, String cause, @Nullable Exception e) {
    return new IllegalStateException(
        place(what, file) + cause + (e == null ? "" : ": " + e.getMessage()), e);
  }

  private static String place(String what, Path file) {
    return "admin.tls." + what + " " + file + ": ";
  }

  /** What new connections are encrypted with. */
  SslContext context() {
    return context;
  }

  /** Whether the files have not changed. */
  boolean isEqualTo(Certificate other) {
    return Arrays.equals(certificateFile, other.certificateFile)
        && MessageDigest.isEqual(keyFile, other.keyFile);
  }

  /** Whose it is, and until when it is valid. */
  @Override
  public String toString() {
    return own.toString();
  }
}
