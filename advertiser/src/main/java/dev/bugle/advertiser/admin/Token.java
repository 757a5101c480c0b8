package dev.bugle.advertiser.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The token that requests must bear. It keeps a digest only, and has no text.
 *
 * <p>Comparing digests takes the same time whatever was sent: both have one length, and all octets
 * are looked at.
 */
final class Token {

  static final int MIN_LENGTH = 16;
  static final int MAX_LENGTH = 1024;

  private final byte[] digest;

  private Token(byte[] digest) {
    this.digest = digest;
  }

  /**
   * Reads it from a file that holds it and nothing else; a line end after it does not count.
   *
   * @throws IllegalStateException naming the file and what to do, without anything of its content
   */
  static Token read(Path file) {
    byte[] octets;
    try (InputStream in = Files.newInputStream(file)) {
      // With a line end, and one too many: a file of any length costs no more than that.
      octets = in.readNBytes(MAX_LENGTH + 3);
    } catch (NoSuchFileException e) {
      throw refusal(file, "there is no such file");
    } catch (AccessDeniedException e) {
      throw refusal(file, "permission to read it is denied; check its owner and mode");
    } catch (IOException e) {
      throw refusal(file, "it cannot be read: " + e.getMessage());
    }
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    if (text.endsWith("\n")) {
      text = text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
    }
    if (text.length() < MIN_LENGTH || text.length() > MAX_LENGTH) {
      throw refusal(
          file,
          "a token has "
              + MIN_LENGTH
              + " to "
              + MAX_LENGTH
              + " characters; make one with: openssl rand -hex 32");
    }
    if (!text.matches("[A-Za-z0-9._~+/=-]+")) {
      throw refusal(
          file, "it has a character that a token cannot have; make one with: openssl rand -hex 32");
    }
    return new Token(sha256(text));
  }

  private static IllegalStateException refusal(Path file, String cause) {
    return new IllegalStateException("admin.token-file " + file + ": " + cause);
  }

  /** Whether this is what was sent; takes the same time for every answer. */
  boolean isEqualTo(String sent) {
    return MessageDigest.isEqual(digest, sha256(sent));
  }

  /** Whether both files said the same. */
  boolean isEqualTo(Token other) {
    return MessageDigest.isEqual(digest, other.digest);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
