package dev.bugle.bgp.ls;

import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.LinkLrIdentifiers;
import org.opendaylight.yangtools.yang.common.Uint32;

/** Link ids as bgpcep's serializer takes them. */
record BgpcepLinkIds(LinkIds ids) implements LinkLrIdentifiers {

  @Override
  public Uint32 getLinkLocalIdentifier() {
    return Uint32.valueOf(ids.local());
  }

  @Override
  public Uint32 requireLinkLocalIdentifier() {
    return getLinkLocalIdentifier();
  }

  @Override
  public Uint32 getLinkRemoteIdentifier() {
    return Uint32.valueOf(ids.remote());
  }

  @Override
  public Uint32 requireLinkRemoteIdentifier() {
    return getLinkRemoteIdentifier();
  }

  @Override
  public Class<? extends LinkLrIdentifiers> implementedInterface() {
    return LinkLrIdentifiers.class;
  }
}
