package dev.bugle.bgp.ls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Forms that attribute TLVs have in common, and those of them that bgpcep gets wrong. */
final class AttributeForms {

  private AttributeForms() {}

  /** An unsigned number of four octets. */
  static TlvForm<Long> number() {
    return TlvForm.of(
        TlvForm.exactly(4),
        ByteBuf::readUnsignedInt,
        (value, out) -> out.writeInt(value.intValue()));
  }

  /** An octet of flags. */
  static TlvForm<Integer> octet() {
    return TlvForm.of(
        TlvForm.exactly(1),
        in -> (int) in.readUnsignedByte(),
        (value, out) -> out.writeByte(value));
  }

  /** Numbers of one octet. */
  static TlvForm<List<Integer>> octets() {
    return list(1, octet());
  }

  static <T> TlvForm<T> exactly(int octets, TlvForm<T> form) {
    return TlvForm.of(TlvForm.exactly(octets), form.reader(), form.writer());
  }

  static <T> TlvForm<T> between(int fewest, int most, TlvForm<T> form) {
    return TlvForm.of(TlvForm.between(fewest, most), form.reader(), form.writer());
  }

  /**
   * Values of one size, one behind the other. Each is read by itself: bgpcep makes sets of them,
   * which know neither order nor repetition.
   */
  static <T> TlvForm<List<T>> list(int octets, TlvForm<T> one) {
    return TlvForm.of(
        TlvForm.multipleOf(octets),
        in -> {
          List<T> all = new ArrayList<>();
          while (in.isReadable()) {
            ByteBuf slice = in.readSlice(octets);
            T value = one.reader().read(slice);
            if (value == null || slice.isReadable()) {
              return null;
            }
            all.add(value);
          }
          return List.copyOf(all);
        },
        (values, out) -> values.forEach(value -> one.writer().write(value, out)));
  }

  /** Without the bits of this mask, which say something else. */
  static <T> TlvForm<T> masked(int mask, TlvForm<T> form) {
    return TlvForm.of(
        form.fits(),
        in -> form.reader().read(Unpooled.buffer(4).writeInt(in.readInt() & ~mask)),
        form.writer());
  }
}
