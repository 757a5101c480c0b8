package dev.bugle.advertiser.config.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file as UTF-8 and parses it; whatever is wrong with it becomes a fault. */
public final class YamlFile {

  private static final int LARGEST = 1 << 20;

  private YamlFile() {}

  /** The root node; empty when a fault was added. */
  public static Optional<YamlNode> read(Path file, Faults faults) {
    byte[] bytes;
    if (Files.isDirectory(file)) {
      faults.add(0, "", "this is a directory; name the configuration file in it");
      return Optional.empty();
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A pipe that nobody writes to would be waited for without end.
      faults.add(
          0, "", "this is a pipe or a device; write the configuration into a file, and name that");
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST + 1);
    } catch (NoSuchFileException e) {
      faults.add(0, "", "there is no such file; check the path");
      return Optional.empty();
    } catch (AccessDeniedException e) {
      faults.add(0, "", "permission to read it is denied; check its owner and mode");
      return Optional.empty();
    } catch (IOException e) {
      faults.add(0, "", "it cannot be read: " + e.getMessage());
      return Optional.empty();
    }
    return parse(bytes, faults);
  }

  /** The root node of a document in these bytes; empty when a fault was added. */
  public static Optional<YamlNode> parse(byte[] bytes, Faults faults) {
    if (bytes.length > LARGEST) {
      faults.add(0, "", "found more than " + LARGEST + " bytes; a configuration is far smaller");
      return Optional.empty();
    }
    Optional<String> text = decode(bytes, faults);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<YamlNode> root = YamlParser.parse(text.get(), faults);
    if (root.isEmpty() && faults.count() == 0) {
      faults.add(0, "", "found nothing in this file; start from the sample configuration");
    }
    return root;
  }

  private static Optional<String> decode(byte[] bytes, Faults faults) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    if (result.isError()) {
      faults.add(
          1 + (int) out.chars().filter(c -> c == '\n').count(),
          "",
          String.format(
              "found the byte 0x%02x, which is not UTF-8; save the file as UTF-8",
              bytes[in.position()]));
      return Optional.empty();
    }
    String text = out.toString();
    return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }
}
