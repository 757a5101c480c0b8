package dev.bugle.advertiser;

import dev.bugle.advertiser.config.BfdKeyFiles;
import dev.bugle.advertiser.config.PeerBfd;
import dev.bugle.bfd.BfdSessionConfig;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Reads the secrets of BFD from their files. No message has anything of them. */
final class BfdKeyReader {

  private BfdKeyReader() {}

  /**
   * The session with the keys in it.
   *
   * @throws IllegalArgumentException naming the file and what is wrong with it
   */
  static BfdSessionConfig withKeys(PeerBfd bfd) {
    BfdSessionConfig session = bfd.session();
    return bfd.keyFiles().map(files -> session.withKeys(read(files))).orElse(session);
  }

  private static Keys read(BfdKeyFiles files) {
    int longest = files.type().keyLength();
    Map<Integer, Secret> secrets = new HashMap<>();
    files.files().forEach((id, file) -> secrets.put(id, read(id, file, longest)));
    return new Keys(files.type(), secrets, files.keyId());
  }

  private static Secret read(int id, Path file, int longest) {
    byte[] octets;
    try (InputStream in = Files.newInputStream(file)) {
      octets = withoutLineEnd(in.readNBytes(longest + 3)); // with a line end, and one too many
    } catch (NoSuchFileException e) {
      throw refusal(id, file, "there is no such file");
    } catch (AccessDeniedException e) {
      throw refusal(id, file, "permission to read it is denied; check its owner and mode");
    } catch (IOException e) {
      throw refusal(id, file, "it cannot be read: " + e.getMessage());
    }
    if (octets.length == 0) {
      throw refusal(id, file, "it is empty");
    }
    if (octets.length > longest) {
      throw refusal(id, file, "it has more than the " + longest + " octets that a key may have");
    }
    return Secret.of(octets);
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

  private static IllegalArgumentException refusal(int id, Path file, String cause) {
    return new IllegalArgumentException("BFD key " + id + " in " + file + ": " + cause);
  }
}
