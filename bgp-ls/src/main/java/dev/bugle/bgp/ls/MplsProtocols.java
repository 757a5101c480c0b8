package dev.bugle.bgp.ls;

import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.MplsProtocolMask;

/**
 * Which protocols give labels on a link (RFC 9552 §5.3.2.2).
 *
 * @param ldp LDP does
 * @param rsvpTe RSVP-TE does
 */
public record MplsProtocols(boolean ldp, boolean rsvpTe) {

  static final TlvForm<MplsProtocols> FORM =
      AttributeForms.exactly(
          1,
          BgpcepAttribute.link(
              1094,
              link ->
                  new MplsProtocols(
                      link.getMplsProtocol().getLdp(), link.getMplsProtocol().getRsvpte()),
              (link, protocols) ->
                  link.setMplsProtocol(new MplsProtocolMask(protocols.ldp(), protocols.rsvpTe()))));

  /** Like {@code ldp|rsvp-te}, or {@code none}. */
  @Override
  public String toString() {
    if (ldp) {
      return rsvpTe ? "ldp|rsvp-te" : "ldp";
    }
    return rsvpTe ? "rsvp-te" : "none";
  }
}
