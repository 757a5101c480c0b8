package dev.bugle.bgp.ls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we write of a topology, as Wireshark's dissector reads it. */
class IndependentJudgeTest {

  private static final int RAW_IP = 101; // the link type of packets without a link header
  private static final String LS = "bgp.ls.";

  @TempDir private Path directory;

  @BeforeAll
  static void tsharkIsThere() throws Exception {
    Tools.require("tshark", "tshark");
  }

  @Test
  void everyUpdateOfATopologyIsReadWithoutAFault() throws Exception {
    List<UpdateMessage> updates = Topology.updates();
    List<Map<String, String>> packets = dissect(updates, LS + "nlri_type");
    for (int i = 0; i < updates.size(); i++) {
      LinkStateNlri nlri = (LinkStateNlri) updates.get(i).announced().get(LinkState.FAMILY).get(0);
      assertThat(packets.get(i))
          .as("%s", updates.get(i))
          .containsEntry("_ws.malformed", "")
          .containsEntry("_ws.expert", "")
          .containsEntry(LS + "nlri_type", String.valueOf(nlri.type()));
    }
  }

  @Test
  void aNodeIsReadWithWhatIsKnownOfIt() throws Exception {
    says(
        Topology.updates().get(0),
        Map.of(
            LS + "nlri_node.protocol_id", "2",
            LS + "tlv.autonomous_system.id", "65010",
            LS + "tlv.igp_router_id", "192000002001",
            LS + "tlv.node_name_value", "leaf1",
            LS + "node_flag_bits.overload", "1",
            LS + "node_flag_bits.abr", "0",
            LS + "tlv.is_is_area_identifier_value", "490001",
            LS + "tlv.ipv4_router_id_value", "192.0.2.1",
            LS + "sr.tlv.capabilities.range_size", "8000",
            LS + "sr.tlv.capabilities.sid.label", "16000"));
  }

  @Test
  void aLinkIsReadWithWhatIsKnownOfIt() throws Exception {
    says(
        Topology.updates().get(Topology.ROUTERS),
        Map.of(
            LS + "tlv.igp_router_id", "192000002001|192000002002",
            LS + "nlri_ipv4_interface_address", "10.0.1.2",
            LS + "nlri_ipv4_neighbor_address", "10.0.2.1",
            LS + "nlri_ipv6_interface_address", "2001:db8:1::2",
            LS + "nlri_ipv6_neighbor_address", "2001:db8:2::1",
            LS + "tlv.administrative_group_color_value", "2",
            LS + "tlv.metric_value", "0x00000a",
            LS + "tlv.shared_risk_link_group_value", "0x00000007|0x00000065",
            LS + "tlv.link_name_attribute_value", "ring-1",
            LS + "sr.tlv.adjacency.sid.label", "24001"));
  }

  @Test
  void prefixesAreReadWithWhatIsKnownOfThem() throws Exception {
    int first = 3 * Topology.ROUTERS;
    says(
        Topology.updates().get(first),
        Map.of(
            LS + "nlri_ip_reachability_prefix_ip", "192.0.2.1",
            LS + "tlv.route_tag_value", "0x0000fdf2",
            LS + "tlv.prefix_metric_value", "0x0000000a",
            LS + "sr.tlv.prefix.sid.index", "101"));
    says(
        Topology.updates().get(first + 1),
        Map.of(LS + "nlri_ip_reachability_prefix_ip6", "2001:db8:1::"));
  }

  private void says(UpdateMessage update, Map<String, String> values) throws Exception {
    Map<String, String> packet =
        dissect(List.of(update), values.keySet().toArray(String[]::new)).get(0);
    assertThat(packet).as("%s", update).containsAllEntriesOf(values);
  }

  /** The fields of each message, several values joined by a bar. */
  private List<Map<String, String>> dissect(List<UpdateMessage> updates, String... wanted)
      throws Exception {
    Path capture = directory.resolve("updates.pcap");
    Path output = directory.resolve("fields.txt");
    Files.write(capture, pcap(updates));
    List<String> fields = new ArrayList<>(List.of("_ws.malformed", "_ws.expert"));
    fields.addAll(List.of(wanted));
    List<String> command =
        new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-T", "fields"));
    command.addAll(List.of("-o", "bgp.asn_len:4 octet"));
    command.addAll(List.of("-E", "separator=/t", "-E", "occurrence=a", "-E", "aggregator=|"));
    fields.forEach(field -> command.addAll(List.of("-e", field)));
    Process tshark =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(directory.resolve("errors.txt").toFile())
            .start();
    boolean ended = tshark.waitFor(60, TimeUnit.SECONDS);
    tshark.destroyForcibly();
    assertThat(ended && tshark.exitValue() == 0)
        .as("tshark: %s", Files.readString(directory.resolve("errors.txt")))
        .isTrue();
    List<Map<String, String>> packets = new ArrayList<>();
    for (String line : Files.readAllLines(output)) {
      String[] values = line.split("\t", -1);
      Map<String, String> packet = new HashMap<>();
      for (int i = 0; i < fields.size(); i++) {
        packet.put(fields.get(i), values[i]);
      }
      packets.add(packet);
    }
    assertThat(packets).hasSameSizeAs(updates);
    return packets;
  }

  /** What would have been captured of one TCP stream to port 179, a message to a segment. */
  private static byte[] pcap(List<UpdateMessage> updates) throws IOException {
    ByteBuf out = Unpooled.buffer();
    out.writeInt(0xA1B2C3D4).writeShort(2).writeShort(4).writeLong(0);
    out.writeInt(65535).writeInt(RAW_IP);
    int sequence = 1;
    for (UpdateMessage update : updates) {
      ByteBuf message = Unpooled.buffer();
      MessageCodec.encode(update, message, LinkStateVector.CONTEXT);
      int octets = message.readableBytes();
      int length = 40 + octets;
      out.writeLong(0).writeInt(length).writeInt(length);
      out.writeShort(0x4500).writeShort(length).writeInt(0).writeShort(0xFF06).writeShort(0);
      out.writeInt(0xC0000201).writeInt(0xC0000202);
      out.writeShort(50000).writeShort(179).writeInt(sequence).writeInt(1);
      out.writeShort(0x5018).writeShort(65535).writeInt(0).writeBytes(message);
      sequence += octets;
    }
    return Bytes.readAll(out).toArray();
  }
}
