package dev.bugle.bgp.wire.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A set of attributes; what the attributes say is elsewhere. */
class PathAttributesTest {

  private static final PathAttributes BOTH = PathAttributes.of(Origin.IGP, AsPath.sequence(65001L));

  @Test
  void aValueOfUpTo255OctetsHasOneOctetOfLength() { // RFC 4271 §4.3
    for (int length : new int[] {0, 255, 256}) {
      PathAttributes attributes = PathAttributes.of(unknown(200, length));
      ByteBuf out = Unpooled.buffer();
      attributes.encode(out, CodecContext.INITIAL);
      assertThat(out.readableBytes()).isEqualTo(length + (length < 256 ? 3 : 4));
      assertThat(attributes.encodedLength(CodecContext.INITIAL)).isEqualTo(out.readableBytes());
      assertThat(out.getUnsignedByte(0)).isEqualTo((short) (length < 256 ? 0xC0 : 0xD0));
    }
  }

  @Test
  void anAttributeTakesThePlaceOfItsType() {
    assertThat(BOTH.with(Origin.EGP)).containsExactly(Origin.EGP, AsPath.sequence(65001L));
    assertThat(PathAttributes.of(AsPath.sequence(65001L)).with(Origin.IGP)).isEqualTo(BOTH);
    assertThat(BOTH.with(unknown(255, 1))).hasSize(3).last().isEqualTo(unknown(255, 1));
    assertThat(BOTH.with(unknown(255, 1)).without(255)).isEqualTo(BOTH);
    assertThat(BOTH.without(255)).isSameAs(BOTH);
  }

  @Test
  void theFlagsOfWhatIsThereAreKnown() {
    assertThat(BOTH.flagsOf(1)).hasValue(AttributeFlags.WELL_KNOWN);
    assertThat(BOTH.flagsOf(2)).hasValue(AttributeFlags.WELL_KNOWN);
    assertThat(BOTH.flagsOf(3)).isEmpty();
    assertThat(BOTH.with(unknown(200, 0)).flagsOf(200))
        .hasValue(AttributeFlags.OPTIONAL_TRANSITIVE);
  }

  @Test
  void communitiesOfEachKindAreToBeHad() {
    Community community = Community.parse("65001:7");
    ExtendedCommunity extended = ExtendedCommunity.parse("rt:65001:7");
    LargeCommunity large = LargeCommunity.parse("65001:1:7");
    PathAttributes all =
        BOTH.with(new Communities(List.of(community)))
            .with(new ExtendedCommunities(List.of(extended)))
            .with(new LargeCommunities(List.of(large)));
    assertThat(all.communities()).containsExactly(community);
    assertThat(all.extendedCommunities()).containsExactly(extended);
    assertThat(all.largeCommunities()).containsExactly(large);
    assertThat(BOTH.communities()).isEmpty();
    assertThat(BOTH.extendedCommunities()).isEmpty();
    assertThat(BOTH.largeCommunities()).isEmpty();
  }

  private static UnknownAttribute unknown(int typeCode, int octets) {
    return new UnknownAttribute(
        AttributeFlags.OPTIONAL_TRANSITIVE, typeCode, Bytes.of(new byte[octets]));
  }
}
