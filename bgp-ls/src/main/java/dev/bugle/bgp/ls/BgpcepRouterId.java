package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.OspfInterfaceIdentifier;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.isis.lan.identifier.IsIsRouterIdentifierBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.node.identifier.CRouterIdentifier;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.node.identifier.c.router.identifier.IsisNodeCase;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.node.identifier.c.router.identifier.IsisNodeCaseBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.node.identifier.c.router.identifier.IsisPseudonodeCase;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.node.identifier.c.router.identifier.IsisPseudonodeCaseBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.node.identifier.c.router.identifier.OspfNodeCase;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.node.identifier.c.router.identifier.OspfNodeCaseBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.node.identifier.c.router.identifier.OspfPseudonodeCase;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.node.identifier.c.router.identifier.OspfPseudonodeCaseBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.node.identifier.c.router.identifier.isis.node._case.IsisNodeBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.node.identifier.c.router.identifier.isis.pseudonode._case.IsisPseudonodeBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.node.identifier.c.router.identifier.ospf.node._case.OspfNodeBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.node.identifier.c.router.identifier.ospf.pseudonode._case.OspfPseudonodeBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.network.concepts.rev131125.IsoSystemIdentifier;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint8;

/** IGP router ids, between bgpcep's four cases and ours. */
final class BgpcepRouterId {

  private BgpcepRouterId() {}

  /** Ours; null for a case that RFC 9552 does not have. */
  static @Nullable IgpRouterId fromBgpcep(CRouterIdentifier id) {
    if (id instanceof OspfNodeCase ospf) {
      return new IgpRouterId(octets(ospf.getOspfNode().getOspfRouterId()), Bytes.EMPTY);
    } else if (id instanceof OspfPseudonodeCase ospf) {
      return new IgpRouterId(
          octets(ospf.getOspfPseudonode().getOspfRouterId()),
          octets(ospf.getOspfPseudonode().getLanInterface().getValue()));
    } else if (id instanceof IsisNodeCase isis) {
      return new IgpRouterId(Bytes.of(isis.getIsisNode().getIsoSystemId().getValue()), Bytes.EMPTY);
    } else if (id instanceof IsisPseudonodeCase isis) {
      return new IgpRouterId(
          Bytes.of(isis.getIsisPseudonode().getIsIsRouterIdentifier().getIsoSystemId().getValue()),
          Bytes.ofInts(isis.getIsisPseudonode().getPsn().intValue()));
    }
    return null;
  }

  static CRouterIdentifier toBgpcep(IgpRouterId id) {
    return id.isIsis() ? isis(id) : ospf(id);
  }

  private static CRouterIdentifier isis(IgpRouterId id) {
    IsoSystemIdentifier system = new IsoSystemIdentifier(id.router().toArray());
    if (!id.isPseudonode()) {
      return new IsisNodeCaseBuilder()
          .setIsisNode(new IsisNodeBuilder().setIsoSystemId(system).build())
          .build();
    }
    return new IsisPseudonodeCaseBuilder()
        .setIsisPseudonode(
            new IsisPseudonodeBuilder()
                .setIsIsRouterIdentifier(
                    new IsIsRouterIdentifierBuilder().setIsoSystemId(system).build())
                .setPsn(Uint8.valueOf(id.pseudonode().octet(0)))
                .build())
        .build();
  }

  private static CRouterIdentifier ospf(IgpRouterId id) {
    if (!id.isPseudonode()) {
      return new OspfNodeCaseBuilder()
          .setOspfNode(new OspfNodeBuilder().setOspfRouterId(number(id.router())).build())
          .build();
    }
    return new OspfPseudonodeCaseBuilder()
        .setOspfPseudonode(
            new OspfPseudonodeBuilder()
                .setOspfRouterId(number(id.router()))
                .setLanInterface(new OspfInterfaceIdentifier(number(id.pseudonode())))
                .build())
        .build();
  }

  private static Bytes octets(Uint32 number) {
    return Bytes.readAll(Unpooled.buffer(4).writeInt(number.intValue()));
  }

  private static Uint32 number(Bytes octets) {
    return Uint32.fromIntBits(Unpooled.wrappedBuffer(octets.toArray()).readInt());
  }
}
