package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tunnel Encapsulation: the tunnels through which the destination can be reached (RFC 9012).
 *
 * @param tunnels in the order of the wire, at least one
 */
public record TunnelEncapsulation(List<Tunnel> tunnels) implements PathAttribute {

  private static final int TLV_HEADER = 4;
  private static final int TWO_OCTET_LENGTH = 128; // sub-TLVs from this type on (RFC 9012 §2)

  /**
   * One tunnel.
   *
   * @param type 0 to 65535; an open registry
   * @param subTlvs in the order of the wire; of several of one type the first counts (RFC 9012 §13)
   */
  public record Tunnel(int type, List<TunnelSubTlv> subTlvs) {

    /** Copies the list and checks the range. */
    public Tunnel {
      subTlvs = List.copyOf(subTlvs);
      if (type < 0 || type > 0xFFFF) {
        throw new IllegalArgumentException("tunnel type " + type + " is not in 0 to 65535");
      }
    }

    /** The sub-TLV that counts of this kind, if one is there. */
    public <S extends TunnelSubTlv> Optional<S> get(Class<S> kind) {
      return subTlvs.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private static Tunnel decode(ByteBuf in) {
      if (in.readableBytes() < TLV_HEADER) {
        throw malformed("the attribute ends inside the header of a tunnel");
      }
      int type = in.readUnsignedShort();
      int length = in.readUnsignedShort();
      if (length > in.readableBytes()) {
        throw malformed("a tunnel is longer than what is left of the attribute");
      }
      ByteBuf value = in.readSlice(length);
      List<TunnelSubTlv> subTlvs = new ArrayList<>();
      while (value.isReadable()) {
        subTlvs.add(decodeSubTlv(value));
      }
      return new Tunnel(type, subTlvs);
    }

    private static TunnelSubTlv decodeSubTlv(ByteBuf in) {
      int type = in.readUnsignedByte();
      boolean isLong = type >= TWO_OCTET_LENGTH;
      if (in.readableBytes() < (isLong ? 2 : 1)) {
        throw malformed("a tunnel ends inside the header of a sub-TLV");
      }
      int length = isLong ? in.readUnsignedShort() : in.readUnsignedByte();
      if (length > in.readableBytes()) {
        throw malformed("sub-TLV " + type + " is longer than what is left of the tunnel");
      }
      return TunnelSubTlv.decode(type, in.readSlice(length));
    }

    private void encode(ByteBuf out) {
      out.writeShort(type);
      int lengthAt = out.writerIndex();
      out.writeShort(0);
      for (TunnelSubTlv subTlv : subTlvs) {
        out.writeByte(subTlv.type());
        boolean isLong = subTlv.type() >= TWO_OCTET_LENGTH;
        int subLengthAt = out.writerIndex();
        out.writeZero(isLong ? 2 : 1);
        int start = out.writerIndex();
        subTlv.encode(out);
        if (isLong) {
          out.setShort(subLengthAt, out.writerIndex() - start);
        } else {
          out.setByte(subLengthAt, out.writerIndex() - start);
        }
      }
      out.setShort(lengthAt, out.writerIndex() - lengthAt - 2);
    }

    /** Like {@code vxlan (endpoint 192.0.2.1, color 100)}. */
    @Override
    public String toString() {
      return TunnelType.nameOf(type)
          + subTlvs.stream()
              .map(TunnelSubTlv::toString)
              .collect(Collectors.joining(", ", " (", ")"));
    }
  }

  /** Copies the list and checks that it is not empty. */
  public TunnelEncapsulation {
    tunnels = List.copyOf(tunnels);
    if (tunnels.isEmpty()) {
      throw new IllegalArgumentException("the attribute must hold at least one tunnel");
    }
  }

  static TunnelEncapsulation decode(ByteBuf value, CodecContext context) {
    List<Tunnel> tunnels = new ArrayList<>();
    while (value.isReadable()) {
      tunnels.add(Tunnel.decode(value));
    }
    if (tunnels.isEmpty()) { // RFC 9012 §13
      throw malformed("the attribute holds no tunnel");
    }
    return new TunnelEncapsulation(tunnels);
  }

  private static BgpException malformed(String found) {
    return new BgpException(BgpError.OPTIONAL_ATTRIBUTE_ERROR, found);
  }

  @Override
  public int typeCode() {
    return AttributeType.TUNNEL_ENCAPSULATION;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    tunnels.forEach(tunnel -> tunnel.encode(out));
  }

  @Override
  public String toString() {
    return tunnels.stream().map(Tunnel::toString).collect(Collectors.joining(", "));
  }
}
