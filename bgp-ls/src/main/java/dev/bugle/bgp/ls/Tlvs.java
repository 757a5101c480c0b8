package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pieces of link-state information, as they stand on the wire: known ones, and those that nobody
 * has told us of.
 *
 * @param list in the order of the wire
 */
public record Tlvs(List<Tlv> list) {

  /** Copies the list. */
  public Tlvs {
    list = List.copyOf(list);
  }

  /** These, in the order that RFC 9552 §5.1 asks for. */
  public static Tlvs of(Tlv... tlvs) {
    return new Tlvs(Stream.of(tlvs).sorted().toList());
  }

  /**
   * Reads until the buffer is empty.
   *
   * @throws IllegalArgumentException when a TLV ends behind the field
   */
  static Tlvs read(ByteBuf field) {
    List<Tlv> list = new ArrayList<>();
    while (field.isReadable()) {
      list.add(Tlv.read(field));
    }
    return new Tlvs(list);
  }

  static Tlvs read(Bytes field) {
    return read(Unpooled.wrappedBuffer(field.toArray()));
  }

  void write(ByteBuf out) {
    list.forEach(tlv -> tlv.write(out));
  }

  Bytes toBytes() {
    ByteBuf out = Unpooled.buffer();
    write(out);
    return Bytes.readAll(out);
  }

  /** What the first TLV of this type says; empty when there is none, or nobody can read it. */
  public <T> Optional<T> get(TlvType<T> type) {
    return list.stream()
        .filter(tlv -> tlv.type() == type.code())
        .findFirst()
        .flatMap(tlv -> type.value(tlv.value()));
  }

  /** What all TLVs of this type say, without those that nobody can read. */
  public <T> List<T> all(TlvType<T> type) {
    return list.stream()
        .filter(tlv -> tlv.type() == type.code())
        .flatMap(tlv -> type.value(tlv.value()).stream())
        .toList();
  }

  /** Whether they are ordered by type, length and value, as within an NLRI (RFC 9552 §5.1). */
  boolean isOrdered() {
    for (int i = 1; i < list.size(); i++) {
      if (list.get(i - 1).compareTo(list.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return list.toString();
  }
}
