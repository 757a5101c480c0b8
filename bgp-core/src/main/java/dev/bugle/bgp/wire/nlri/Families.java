package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.NlriCodec;
import dev.bugle.bgp.wire.NlriCodecs;
import dev.bugle.bgp.wire.PrefixCodec;
import java.util.List;

/** The families that the library knows. */
public final class Families {

  private static final List<NlriCodec> CODECS =
      List.of(
          new PrefixCodec(AddressFamily.IPV4_MULTICAST),
          new PrefixCodec(AddressFamily.IPV6_MULTICAST),
          new FamilyCodec(
              AddressFamily.IPV4_LABELLED_UNICAST, in -> LabelledPrefix.decode(in, true)),
          new FamilyCodec(
              AddressFamily.IPV6_LABELLED_UNICAST, in -> LabelledPrefix.decode(in, false)),
          new FamilyCodec(AddressFamily.IPV4_VPN, in -> VpnPrefix.decode(in, true)),
          new FamilyCodec(AddressFamily.IPV6_VPN, in -> VpnPrefix.decode(in, false)),
          new FamilyCodec(AddressFamily.ROUTE_TARGET, RouteTargetMembership::decode),
          new FamilyCodec(AddressFamily.IPV4_FLOWSPEC, in -> FlowSpec.decode(in, true)),
          new FamilyCodec(AddressFamily.IPV6_FLOWSPEC, in -> FlowSpec.decode(in, false)),
          new FamilyCodec(AddressFamily.IPV4_FLOWSPEC_VPN, in -> VpnFlowSpec.decode(in, true)),
          new FamilyCodec(AddressFamily.IPV6_FLOWSPEC_VPN, in -> VpnFlowSpec.decode(in, false)),
          new FamilyCodec(AddressFamily.EVPN, EvpnRoute::decode));

  /** All of them; {@link NlriCodecs#with} adds others. */
  public static final NlriCodecs ALL = all();

  private Families() {}

  private static NlriCodecs all() {
    NlriCodecs all = NlriCodecs.UNICAST;
    for (NlriCodec codec : CODECS) {
      all = all.with(codec);
    }
    return all;
  }
}
