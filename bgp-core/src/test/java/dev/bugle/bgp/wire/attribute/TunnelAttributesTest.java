package dev.bugle.bgp.wire.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.attribute.TunnelEncapsulation.Tunnel;
import dev.bugle.bgp.wire.attribute.TunnelSubTlv.Color;
import dev.bugle.bgp.wire.attribute.TunnelSubTlv.EgressEndpoint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the attributes of overlays and of large ASes say; the octets are in the vectors. */
class TunnelAttributesTest {

  @Test
  void ofSeveralSubTlvsOfOneTypeTheFirstCounts() { // RFC 9012 §13
    Tunnel tunnel = new Tunnel(8, List.of(new Color(0, 1), new Color(0, 2)));
    assertThat(tunnel.get(Color.class)).hasValue(new Color(0, 1));
    assertThat(tunnel.get(EgressEndpoint.class)).isEmpty();
  }

  @Test
  void ofSeveralMetricsTheFirstCounts() { // RFC 7311 §3
    Aigp.Tlv other = new Aigp.Tlv(2, Bytes.EMPTY);
    Aigp.Tlv metric = Aigp.of(7).tlvs().get(0);
    assertThat(new Aigp(List.of(other, metric, Aigp.of(8).tlvs().get(0))).metric()).hasValue(7);
    assertThat(new Aigp(List.of(other)).metric()).isEmpty();
    assertThat(Aigp.of(-2)).hasToString("18446744073709551614");
  }

  @Test
  void ofSeveralLabelIndexesTheFirstCounts() { // RFC 8669 §3.1
    PrefixSid.Tlv other = new PrefixSid.OtherTlv(9, Bytes.EMPTY);
    PrefixSid.LabelIndex first = new PrefixSid.LabelIndex(0, 1);
    assertThat(new PrefixSid(List.of(other, first, new PrefixSid.LabelIndex(0, 2))).labelIndex())
        .hasValue(first);
    assertThat(new PrefixSid(List.of(other)).labelIndex()).isEmpty();
  }

  @Test
  void onlyReplicationHasOneEndpoint() {
    IpAddress address = IpAddress.parse("2001:db8::1");
    assertThat(PmsiTunnel.ingressReplication(16, address).endpoint()).hasValue(address);
    assertThat(new PmsiTunnel(0, 3, 0, Bytes.of(new byte[8])).endpoint()).isEmpty();
  }

  @Test
  void impossibleValuesCannotExist() {
    refused(() -> new TunnelEncapsulation(List.of()));
    refused(() -> new Tunnel(65536, List.of()));
    refused(() -> new TunnelSubTlv.Other(127, Bytes.of(new byte[256])));
    refused(() -> new TunnelSubTlv.Other(255, Bytes.of(new byte[65536])));
    refused(() -> new Color(0, 1L << 32));
    refused(() -> new TunnelSubTlv.UdpDestinationPort(65536));
    refused(() -> new TunnelSubTlv.ProtocolType(-1));
    refused(() -> new PmsiTunnel(0, 6, 16, Bytes.of(new byte[5])));
    refused(() -> new PmsiTunnel(0, 0, 1 << 24, Bytes.EMPTY));
    refused(() -> new PmsiTunnel(256, 0, 0, Bytes.EMPTY));
    refused(() -> Aigp.of(-1));
    refused(() -> new Aigp(List.of()));
    refused(() -> new Aigp.Tlv(1, Bytes.EMPTY));
    refused(() -> new Aigp.Tlv(256, Bytes.EMPTY));
    refused(() -> new PrefixSid(List.of()));
    refused(() -> new PrefixSid.OtherTlv(1, Bytes.EMPTY));
    refused(() -> new PrefixSid.OriginatorSrgb(0, List.of()));
    refused(() -> new PrefixSid.Range(1 << 24, 1));
    refused(() -> new PrefixSid.LabelIndex(0, -1));
    refused(() -> new AttrSet(0, Bytes.hex("4001")));
    refused(() -> new AttrSet(-1, Bytes.EMPTY));
    refused(() -> new ClusterList(List.of()));
    refused(() -> new Ipv6ExtendedCommunities(List.of()));
    assertThat(new EgressEndpoint(Optional.empty())).hasToString("endpoint next-hop");
  }

  private static void refused(Runnable making) {
    assertThatIllegalArgumentException().isThrownBy(making::run);
  }
}
