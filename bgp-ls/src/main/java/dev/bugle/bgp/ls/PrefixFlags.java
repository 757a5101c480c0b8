package dev.bugle.bgp.ls;

import java.util.ArrayList;
import java.util.List;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.IgpBits.UpDown;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.prefix.state.IgpBitsBuilder;

/**
 * What an IGP says of a prefix in single bits (RFC 9552 §5.3.3.1).
 *
 * @param isDown it came down from a higher level of IS-IS
 * @param isNoUnicast OSPFv3 does not compute paths to it
 * @param isLocalAddress it is an address of the router, in OSPFv3
 * @param isPropagated it is passed on out of a not-so-stubby area
 */
public record PrefixFlags(
    boolean isDown, boolean isNoUnicast, boolean isLocalAddress, boolean isPropagated) {

  static final TlvForm<PrefixFlags> FORM =
      AttributeForms.exactly(
          1,
          BgpcepAttribute.prefix(
              1152,
              prefix -> {
                var bits = prefix.getIgpBits();
                return new PrefixFlags(
                    bits.getIsIsUpDown(),
                    bits.getOspfNoUnicast(),
                    bits.getOspfLocalAddress(),
                    bits.getOspfPropagateNssa());
              },
              (prefix, flags) ->
                  prefix.setIgpBits(
                      new IgpBitsBuilder()
                          .setUpDown(new UpDown(flags.isDown()))
                          .setIsIsUpDown(flags.isDown())
                          .setOspfNoUnicast(flags.isNoUnicast())
                          .setOspfLocalAddress(flags.isLocalAddress())
                          .setOspfPropagateNssa(flags.isPropagated())
                          .build())));

  /** Like {@code down|local-address}, or {@code none}. */
  @Override
  public String toString() {
    List<String> set = new ArrayList<>();
    if (isDown) {
      set.add("down");
    }
    if (isNoUnicast) {
      set.add("no-unicast");
    }
    if (isLocalAddress) {
      set.add("local-address");
    }
    if (isPropagated) {
      set.add("propagated");
    }
    return set.isEmpty() ? "none" : String.join("|", set);
  }
}
