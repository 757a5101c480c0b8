package dev.bugle.bgp.ls;

import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Codecs;
import dev.bugle.bgp.wire.NlriCodec;
import dev.bugle.bgp.wire.attribute.AttributeCodec;
import dev.bugle.bgp.wire.attribute.AttributeCodecs;
import dev.bugle.bgp.wire.nlri.Families;

/** BGP-LS for a speaker, or for the codecs alone (RFC 9552). */
public final class LinkState {

  /** Link-state information, 16388/71. */
  public static final AddressFamily FAMILY = new AddressFamily(16388, 71);

  private LinkState() {}

  /**
   * Lets a speaker read BGP-LS. The peers that are to send it have {@link #FAMILY} among their
   * families; what they send is in the UPDATEs that their listener is given.
   *
   * @return the same builder
   */
  public static SpeakerConfig.Builder addTo(SpeakerConfig.Builder speaker) {
    return speaker.nlriCodec(nlriCodec()).attributeCodec(attributeCodec());
  }

  /** All families and attributes of the library, and BGP-LS: for who decodes without a session. */
  public static Codecs codecs() {
    return new Codecs(Families.ALL.with(nlriCodec()), AttributeCodecs.NONE.with(attributeCodec()));
  }

  /** Reads and writes {@link LinkStateNlri}. */
  public static NlriCodec nlriCodec() {
    return new LinkStateNlriCodec();
  }

  /** Reads {@link LinkStateAttribute}. */
  public static AttributeCodec attributeCodec() {
    return new LinkStateAttributeCodec();
  }
}
