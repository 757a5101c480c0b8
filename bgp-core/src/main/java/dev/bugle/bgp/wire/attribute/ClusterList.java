package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * CLUSTER_LIST: the clusters whose route reflectors have passed the route on (RFC 4456 §8).
 *
 * @param clusterIds latest first, as CLUSTER_IDs are written: like addresses; at least one
 */
public record ClusterList(List<Ipv4Address> clusterIds) implements PathAttribute {

  /** Copies the list and checks that it is not empty. */
  public ClusterList {
    clusterIds = List.copyOf(clusterIds);
    if (clusterIds.isEmpty()) {
      throw new IllegalArgumentException("the attribute must hold at least one CLUSTER_ID");
    }
  }

  static ClusterList decode(ByteBuf value, CodecContext context) {
    AttributeType.requireMultiple(value, 4, "CLUSTER_LIST");
    List<Ipv4Address> clusterIds = new ArrayList<>(value.readableBytes() / 4);
    while (value.isReadable()) {
      clusterIds.add(new Ipv4Address(value.readInt()));
    }
    return new ClusterList(clusterIds);
  }

  @Override
  public int typeCode() {
    return AttributeType.CLUSTER_LIST;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_NON_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    clusterIds.forEach(clusterId -> clusterId.writeTo(out));
  }

  @Override
  public int valueLength(CodecContext context) {
    return 4 * clusterIds.size();
  }

  @Override
  public String toString() {
    return clusterIds.stream().map(Ipv4Address::toString).collect(Collectors.joining(" "));
  }
}
