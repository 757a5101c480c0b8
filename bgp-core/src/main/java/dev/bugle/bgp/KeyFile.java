package dev.bugle.bgp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** A file that holds a key and nothing else. No message has anything of what is in it. */
record KeyFile(Path file) implements KeySource {

  @Override
  public TcpKey key() {
    byte[] octets;
    try (InputStream in = Files.newInputStream(file)) {
      // With a line end, and one too many: a file of any length costs no more than that.
      octets = withoutLineEnd(in.readNBytes(TcpKey.MAX_LENGTH + 3));
    } catch (NoSuchFileException e) {
      throw refusal("there is no such file");
    } catch (AccessDeniedException e) {
      throw refusal("permission to read it is denied; check its owner and mode");
    } catch (IOException e) {
      throw refusal("it cannot be read: " + e.getMessage());
    }
    if (octets.length == 0) {
      throw refusal("it is empty");
    }
    if (octets.length > TcpKey.MAX_LENGTH) {
      throw refusal("it has more than the " + TcpKey.MAX_LENGTH + " octets that a key may have");
    }
    return TcpKey.of(octets);
  }

  private static byte[] withoutLineEnd(byte[] octets) {
    int end = octets.length;
    if (end > 0 && octets[end - 1] == '\n') {
      end--;
      if (end > 0 && octets[end - 1] == '\r') {
        end--;
      }
    }
    return Arrays.copyOf(octets, end);
  }

  private IllegalStateException refusal(String cause) {
    return new IllegalStateException("key file " + file + ": " + cause);
  }
}
