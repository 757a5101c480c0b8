package dev.bugle.bgp.mrt;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads a stream of records, one at a time. For one thread at a time. */
public final class MrtReader implements Closeable {

  /** Octets of the longest record that is read. */
  public static final int LONGEST_RECORD = 16 << 20;

  private static final int BUFFER = 1 << 16;
  private static final int GZIP_MAGIC = 0x1F8B;
  private static final int BZIP2_MAGIC = 0x425A;

  private final InputStream in;
  private long offset;
  private long next;
  private boolean lost;

  /** One that reads there, and closes it; what is read is not compressed. */
  public MrtReader(InputStream in) {
    this.in = in;
  }

  /**
   * Opens a file; one that gzip has compressed is decompressed, whatever its name.
   *
   * @throws IOException naming the file, when it cannot be read, or is compressed by bzip2
   */
  public static MrtReader open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      return new MrtReader(decompressed(in, file));
    } catch (IOException | RuntimeException notOpened) {
      in.close();
      throw notOpened;
    }
  }

  private static InputStream decompressed(InputStream in, Path file) throws IOException {
    in.mark(2);
    int magic = in.read() << 8 | in.read();
    in.reset();
    if (magic == BZIP2_MAGIC) {
      throw new IOException(
          file + " is compressed by bzip2, which is not read here; decompress it with bunzip2");
    }
    return magic == GZIP_MAGIC
        ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER)
        : in;
  }

  /** Where the record begins that was read last, or was refused, in octets after decompression. */
  public long offset() {
    return offset;
  }

  /**
   * The next record; empty at the end.
   *
   * @throws MalformedMrtException saying where, and what was found. Reading goes on with the record
   *     behind it; where that cannot be found, there is none
   * @throws IOException when the stream cannot be read
   */
  public Optional<MrtRecord> next() throws IOException {
    if (lost) {
      return Optional.empty();
    }
    offset = next;
    byte[] header = in.readNBytes(MrtRecord.HEADER_LENGTH);
    if (header.length == 0) {
      return Optional.empty();
    }
    requireWhole(header.length, MrtRecord.HEADER_LENGTH, "its header");
    ByteBuffer fields = ByteBuffer.wrap(header);
    long seconds = Integer.toUnsignedLong(fields.getInt());
    int type = Short.toUnsignedInt(fields.getShort());
    int subtype = Short.toUnsignedInt(fields.getShort());
    long length = Integer.toUnsignedLong(fields.getInt());
    if (length > LONGEST_RECORD) {
      throw lost(
          "its length of " + length + " octets is beyond " + LONGEST_RECORD + "; this is no MRT");
    }
    byte[] octets = in.readNBytes((int) length); // grows with what is there, not with what is said
    requireWhole(octets.length, (int) length, "type " + type + " subtype " + subtype);
    next = offset + MrtRecord.HEADER_LENGTH + length;
    try {
      return Optional.of(MrtRecord.decode(seconds, type, subtype, octets));
    } catch (MalformedMrtException fault) {
      throw new MalformedMrtException(
          place() + "type " + type + " subtype " + subtype + ": " + fault.getMessage());
    }
  }

  private void requireWhole(int found, int expected, String what) throws MalformedMrtException {
    if (found < expected) {
      throw lost(what + " ends after " + found + " of " + expected + " octets");
    }
  }

  private MalformedMrtException lost(String found) {
    lost = true;
    return new MalformedMrtException(place() + found);
  }

  private String place() {
    return "the record at octet " + offset + ": ";
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
