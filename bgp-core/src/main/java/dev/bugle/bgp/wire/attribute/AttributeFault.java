package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.BgpError;

/**
 * A fault that was found in an attribute and did not end the session.
 *
 * @param typeCode of the attribute, 0 to 255
 * @param faultClass what it did to the UPDATE
 * @param error what RFC 4271 §6.3 would have answered
 * @param found for people
 */
public record AttributeFault(int typeCode, FaultClass faultClass, BgpError error, String found) {

  @Override
  public String toString() {
    return faultClass + ": " + AttributeType.nameOf(typeCode) + ": " + found;
  }
}
