package dev.bugle.bgp.wire;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bugle.bgp.wire.attribute.FaultClass;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a fault in an attribute does, row by row of {@code vectors/rfc7606.txt}. */
class Rfc7606Test {

  private static final Nlri ANNOUNCED = Prefix.parse("203.0.113.10/32");
  private static final Nlri WITHDRAWN = Prefix.parse("192.0.2.0/24");
  private static final Nlri IN_MULTIPROTOCOL = Prefix.parse("198.51.100.0/24");

  /** A fault, where the RFC speaks of it and what follows. */
  record Row(
      String rule, String fault, String context, String octets, String faultClass, String error) {

    CodecContext codecContext() {
      return CodecContext.INITIAL
          .withFourOctetAs(context.contains("4"))
          .withExternal(context.contains("e"))
          .withReceived(
              Direction.INITIAL.withPathIdentifiers(
                  context.contains("p") ? Set.of(AddressFamily.IPV6_UNICAST) : Set.of()));
    }

    FaultClass expected() {
      return FaultClass.valueOf(faultClass);
    }

    boolean isMissing() {
      return octets.startsWith("-");
    }

    /** The attribute as written, after the sound attributes of other types. */
    byte[] attributes() {
      String asPath = context.contains("4") ? "40 02 06 02 01 0000fde9" : "40 02 04 02 01 fde9";
      int type = typeCode();
      return WireVector.octets(
          (type == 1 ? "" : "40 01 01 00 ")
              + (type == 2 ? "" : asPath)
              + (type == 3 ? "" : "40 03 04 c0000201")
              + (isMissing() ? "" : octets));
    }

    int typeCode() {
      String[] words = octets.split(" +", 3);
      return words.length < 2 ? 0 : Integer.parseInt(words[1], 16);
    }

    @Override
    public String toString() {
      return rule + ": " + fault + " (" + context + ")";
    }
  }

  static Stream<Row> rows() {
    return WireVector.lines("rfc7606.txt").stream()
        .filter(line -> line.contains("|") && !line.startsWith("#"))
        .map(line -> line.split("\\|", -1))
        .map(
            cells ->
                new Row(
                    cells[0].strip(),
                    cells[1].strip(),
                    cells[2].strip(),
                    cells[3].strip(),
                    cells[4].strip(),
                    cells[5].strip()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theFaultHasItsClassAndItsError(Row row) {
    if (row.expected() == FaultClass.RESET) {
      BgpException reset =
          catchThrowableOfType(BgpException.class, () -> decode(row.attributes(), true, row));
      assertThat(nameOf(reset.error())).isEqualTo(row.error());
      return;
    }
    UpdateMessage update = decode(row.attributes(), true, row);
    assertThat(update.faults()).hasSize(1);
    assertThat(update.faults().get(0).faultClass()).isEqualTo(row.expected());
    assertThat(nameOf(update.faults().get(0).error())).isEqualTo(row.error());
    assertThat(update.faults().get(0).typeCode()).isEqualTo(row.typeCode());
    assertThat(update.faults().get(0).found()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void treatAsWithdrawWithdrawsEverythingAndDiscardNothing(Row row) {
    if (row.expected() == FaultClass.RESET) {
      return;
    }
    UpdateMessage update = decode(row.attributes(), true, row);
    List<Nlri> multiprotocol =
        row.typeCode() == 14 || row.typeCode() == 15 ? List.of(IN_MULTIPROTOCOL) : List.of();
    List<Nlri> withdrawn = new ArrayList<>(List.of(WITHDRAWN));
    if (row.expected() == FaultClass.DISCARD) {
      assertThat(update.announced())
          .isEqualTo(Map.of(AddressFamily.IPV4_UNICAST, List.of(ANNOUNCED)));
    } else {
      withdrawn.addAll(multiprotocol);
      withdrawn.add(ANNOUNCED);
      assertThat(update.announced()).isEmpty();
    }
    assertThat(update.withdrawn()).containsOnlyKeys(AddressFamily.IPV4_UNICAST);
    assertThat(update.withdrawn().get(AddressFamily.IPV4_UNICAST))
        .containsExactlyInAnyOrderElementsOf(withdrawn);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void withoutRoutesInTheMessageTreatAsWithdrawIsAReset(Row row) {
    boolean onlyAFaultWithRoutes = row.isMissing() || row.typeCode() == 14;
    boolean resets =
        row.expected() == FaultClass.RESET
            || (row.expected() == FaultClass.TREAT_AS_WITHDRAW && !onlyAFaultWithRoutes);
    if (resets) { // RFC 7606 §5.2
      assertThatThrownBy(() -> decode(row.attributes(), false, row))
          .isInstanceOfSatisfying(
              BgpException.class, e -> assertThat(nameOf(e.error())).isEqualTo(row.error()));
    } else {
      assertThat(decode(row.attributes(), false, row).nlri()).isEmpty();
    }
  }

  @Test
  void aWithdrawalInFlaggedMpUnreachAloneIsStillAWithdrawal() {
    UpdateMessage update =
        update("c0 0f 07 0001 01 18c63364", "", CodecContext.INITIAL.withFourOctetAs(true));
    assertThat(update.withdrawn())
        .isEqualTo(Map.of(AddressFamily.IPV4_UNICAST, List.of(IN_MULTIPROTOCOL)));
  }

  @Test
  void everyFaultIsReportedAndTheStrongestCounts() {
    UpdateMessage update =
        update(
            "40 01 01 07  40 02 06 02 01 0000fde9  40 03 04 c0000201  40 06 01 00",
            "20cb00710a",
            WireVector.CONTEXT);
    assertThat(update.faults())
        .extracting(Objects::toString)
        .containsExactly(
            "TREAT_AS_WITHDRAW: ORIGIN: ORIGIN 7 is not 0 (IGP), 1 (EGP) or 2 (INCOMPLETE)",
            "DISCARD: ATOMIC_AGGREGATE: ATOMIC_AGGREGATE has 1 octets, not 0");
    assertThat(update.isTreatAsWithdraw()).isTrue();
  }

  @Test
  void routesOfMpReachAloneNeedNoNextHop() { // RFC 4760 §3
    UpdateMessage update =
        update(
            "80 0e 0d 0001 01 04 c0000201 00 18c63364 40 01 01 00  40 02 06 02 01 0000fde9",
            "",
            WireVector.CONTEXT);
    assertThat(update.faults()).isEmpty();
    assertThat(update.announced())
        .isEqualTo(Map.of(AddressFamily.IPV4_UNICAST, List.of(IN_MULTIPROTOCOL)));
  }

  @Test
  void aNextHopBesideMpReachAloneIsOfNoConsequence() { // RFC 4760 §3
    UpdateMessage update =
        update(
            "80 0e 0d 0001 01 04 c0000201 00 18c63364 40 01 01 00  40 02 06 02 01 0000fde9"
                + " 40 03 04 c0000207",
            "",
            WireVector.CONTEXT);
    assertThat(update.faults()).isEmpty();
    assertThat(update.attributes().get(MpReach.class).orElseThrow().nextHopAddress())
        .hasValue(IpAddress.parse("192.0.2.1"));
  }

  @Test
  void routesOfMpReachAloneNeedWhatEveryRouteNeeds() { // RFC 7606 §3 (d)
    UpdateMessage update =
        update(
            "80 0e 0d 0001 01 04 c0000201 00 18c63364 40 02 06 02 01 0000fde9",
            "",
            WireVector.CONTEXT);
    assertThat(update.faults())
        .extracting(Objects::toString)
        .containsExactly("TREAT_AS_WITHDRAW: ORIGIN: is missing");
    assertThat(update).asString().endsWith("; TREAT_AS_WITHDRAW: ORIGIN: is missing");
    UpdateMessage noRoutes = update("80 0e 09 0001 01 04 c0000201 00", "", WireVector.CONTEXT);
    assertThat(noRoutes.faults()).isEmpty();
  }

  @Test
  void anAttributeThatIsWrongIsNotMissingBesides() {
    UpdateMessage update =
        update("40 01 01 07  40 03 04 c0000201", "20cb00710a", WireVector.CONTEXT);
    assertThat(update.faults())
        .extracting(Objects::toString)
        .containsExactly(
            "TREAT_AS_WITHDRAW: ORIGIN: ORIGIN 7 is not 0 (IGP), 1 (EGP) or 2 (INCOMPLETE)",
            "TREAT_AS_WITHDRAW: AS_PATH: is missing");
  }

  @Test
  void aFaultBesideMpUnreachWithoutRoutesToWithdrawResets() { // RFC 7606 §5.2
    assertThatThrownBy(() -> update("80 0f 03 0002 01 40 01 01 07", "", WireVector.CONTEXT))
        .isInstanceOfSatisfying(
            BgpException.class,
            e -> {
              assertThat(e.error().code()).isEqualTo(3);
              assertThat(e.found()).endsWith("no routes to withdraw are known");
            });
  }

  @Test
  void routesOfTheNlriFieldNeedTheirNextHopBesideMpReach() { // RFC 7606 §3 (d), §5.1
    UpdateMessage update =
        update(
            "80 0e 0d 0001 01 04 c0000201 00 18c63364 40 01 01 00  40 02 06 02 01 0000fde9",
            "20cb00710a",
            WireVector.CONTEXT);
    assertThat(update.faults())
        .extracting(Objects::toString)
        .containsExactly("TREAT_AS_WITHDRAW: NEXT_HOP: is missing");
    assertThat(update.announced()).isEmpty();
    assertThat(update.withdrawn())
        .isEqualTo(Map.of(AddressFamily.IPV4_UNICAST, List.of(ANNOUNCED, IN_MULTIPROTOCOL)));
  }

  @Test
  void mpReachOfOneFamilyAndMpUnreachOfAnotherStandTogether() {
    UpdateMessage update =
        update(
            "80 0e 0d 0001 01 04 c0000201 00 18c63364 80 0f 03 0002 01"
                + " 40 01 01 00  40 02 06 02 01 0000fde9",
            "",
            WireVector.CONTEXT);
    assertThat(update.faults()).isEmpty();
    assertThat(update.withdrawn()).isEmpty();
    assertThat(update.announced()).containsOnlyKeys(AddressFamily.IPV4_UNICAST);
  }

  @Test
  void everyKnownAttributeHasItsRows() {
    Map<Integer, List<String>> faults =
        rows().collect(Collectors.groupingBy(Row::typeCode, mapping(Row::fault, toList())));
    for (int known :
        new int[] {
          1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 15, 16, 17, 18, 22, 23, 25, 26, 32, 35, 40, 128
        }) {
      assertThat(faults.get(known))
          .as("attribute %d", known)
          .anyMatch(fault -> fault.contains(" flagged "))
          .anyMatch(fault -> fault.contains(" twice"))
          .hasSizeGreaterThan(2);
    }
  }

  @Test
  void theErrorCarriesTheWholeAttribute() {
    UpdateMessage update =
        update(
            "40 02 06 02 01 0000fde9  40 03 04 c0000201  40 01 01 07",
            "20cb00710a",
            WireVector.CONTEXT);
    assertThat(update.faults().get(0).error().data()).isEqualTo(Bytes.hex("40010107"));
  }

  @Test
  void aPrefixThatIsWithdrawnAndAnnouncedIsAnnounced() { // RFC 4271 §4.3
    UpdateMessage update =
        new UpdateMessage(
            List.of(WITHDRAWN, ANNOUNCED),
            update(
                    "40 01 01 00  40 02 06 02 01 0000fde9  40 03 04 c0000201",
                    "20cb00710a",
                    WireVector.CONTEXT)
                .attributes(),
            List.of(ANNOUNCED));
    assertThat(update.withdrawn())
        .isEqualTo(Map.of(AddressFamily.IPV4_UNICAST, List.of(WITHDRAWN)));
    assertThat(update.announced())
        .isEqualTo(Map.of(AddressFamily.IPV4_UNICAST, List.of(ANNOUNCED)));
  }

  private static String nameOf(BgpError error) {
    return error.code() + "/" + error.subcode();
  }

  /** An UPDATE that withdraws 192.0.2.0/24 and, if asked, announces 203.0.113.10/32. */
  private static UpdateMessage decode(byte[] attributes, boolean announces, Row row) {
    return decode(
        WireVector.octets("18c00002"),
        attributes,
        WireVector.octets(announces ? "20cb00710a" : ""),
        row.codecContext());
  }

  private static UpdateMessage update(String attributes, String nlri, CodecContext context) {
    return decode(new byte[0], WireVector.octets(attributes), WireVector.octets(nlri), context);
  }

  private static UpdateMessage decode(
      byte[] withdrawn, byte[] attributes, byte[] nlri, CodecContext context) {
    ByteBuf stream = Unpooled.buffer();
    stream.writeBytes(WireVector.octets("ff*16"));
    stream.writeShort(23 + withdrawn.length + attributes.length + nlri.length);
    stream.writeByte(2);
    stream.writeShort(withdrawn.length).writeBytes(withdrawn);
    stream.writeShort(attributes.length).writeBytes(attributes);
    stream.writeBytes(nlri);
    return (UpdateMessage) MessageCodec.decodeNext(stream, context).orElseThrow();
  }
}
