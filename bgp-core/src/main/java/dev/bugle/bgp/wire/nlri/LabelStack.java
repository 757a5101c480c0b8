package dev.bugle.bgp.wire.nlri;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The MPLS labels before a prefix (RFC 8277 §2), at least one. Each entry has 24 bits: the label
 * (20), the traffic class (3), and the bottom of the stack (1). A withdrawal has one entry, which
 * means nothing: {@link #WITHDRAWN}, or zero from old speakers.
 *
 * @param entries the 24 bits of each; only the last is the bottom, or the sign of a withdrawal
 */
public record LabelStack(List<Integer> entries) {

  /** What stands in place of the labels in a withdrawal (RFC 8277 §2.4). */
  public static final LabelStack WITHDRAWN = new LabelStack(List.of(0x800000));

  /** Octets of an entry. */
  static final int ENTRY_LENGTH = 3;

  private static final int OLD_WITHDRAWN = 0;
  private static final int MAX_ENTRY = 0xFFFFFF;
  private static final int MAX_LABEL = 0xFFFFF;
  private static final int BOTTOM = 1;

  /** Checks that the stack ends with its last entry, and copies the list. */
  public LabelStack {
    entries = List.copyOf(entries);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("a label stack has one label at least");
    }
    for (int i = 0; i < entries.size(); i++) {
      int entry = entries.get(i);
      if (entry < 0 || entry > MAX_ENTRY) {
        throw new IllegalArgumentException(
            "label stack entry " + entry + " is not in 0 to 16777215");
      }
      if (isLast(entry) != (i == entries.size() - 1)) {
        throw new IllegalArgumentException(
            "entry " + (i + 1) + " of " + entries.size() + " is wrong about the end of the stack");
      }
    }
  }

  /**
   * The stack of these labels, the outermost first.
   *
   * @param labels each 0 to 1048575
   */
  public static LabelStack of(int... labels) {
    for (int label : labels) {
      if (label < 0 || label > MAX_LABEL) {
        throw new IllegalArgumentException("label " + label + " is not in 0 to 1048575");
      }
    }
    List<Integer> entries = new ArrayList<>();
    Arrays.stream(labels).forEach(label -> entries.add(label << 4));
    if (labels.length > 0) {
      entries.set(labels.length - 1, labels[labels.length - 1] << 4 | BOTTOM);
    }
    return new LabelStack(entries);
  }

  /**
   * Parses {@code 100}, {@code 100/200}, or {@code 0x} and six hexadecimal digits for the bits of
   * an entry.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static LabelStack parse(String text) {
    List<Integer> entries = new ArrayList<>();
    String[] words = text.split("/", -1);
    for (int i = 0; i < words.length; i++) {
      boolean raw = words[i].matches("0x[0-9a-fA-F]{6}");
      entries.add(
          raw
              ? HexFormat.fromHexDigits(words[i], 2, 8)
              : Words.number(MAX_LABEL).apply(words[i]).intValue() << 4
                  | (i == words.length - 1 ? BOTTOM : 0));
    }
    return new LabelStack(entries);
  }

  // Deviates from RFC 8277 §2.2: without the Multiple Labels capability there is one label,
  // whatever its bottom bit; speakers of RFC 3107 send several all the same, and all set the bit.
  /** Reads entries up to the end of the stack, which must be within this many bits. */
  static LabelStack decode(ByteBuf in, int bits) {
    List<Integer> entries = new ArrayList<>();
    boolean last = false;
    while (!last) {
      if (bits - 24 * entries.size() < 24) {
        throw FamilyCodec.malformed("the label stack does not end within " + bits + " bits");
      }
      int entry = in.readUnsignedMedium();
      entries.add(entry);
      last = isLast(entry);
    }
    return new LabelStack(entries);
  }

  private static boolean isLast(int entry) {
    return (entry & BOTTOM) != 0 || entry == 0x800000 || entry == OLD_WITHDRAWN;
  }

  void encode(ByteBuf out) {
    entries.forEach(out::writeMedium);
  }

  /** The labels, each 0 to 1048575, the outermost first. */
  public List<Integer> labels() {
    return entries.stream().map(entry -> entry >>> 4).toList();
  }

  /** Bits on the wire. */
  int bits() {
    return 24 * entries.size();
  }

  private static String text(int entry, boolean last) {
    return (entry & 0xF) == (last ? BOTTOM : 0)
        ? Integer.toString(entry >>> 4)
        : "0x" + HexFormat.of().toHexDigits(entry, 6);
  }

  /** What {@link #parse} reads; the bits of an entry that says more than its label. */
  @Override
  public String toString() {
    int last = entries.size() - 1;
    return entries.stream()
            .limit(last)
            .map(entry -> text(entry, false) + "/")
            .collect(Collectors.joining())
        + text(entries.get(last), true);
  }
}
