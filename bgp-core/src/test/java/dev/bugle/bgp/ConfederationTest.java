package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.session.LocalRole;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.capability.Role;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Member AS 65001 of the confederation 64500, on loopback: what is to be seen of it inside and
 * outside (RFC 5065).
 */
@Timeout(60)
class ConfederationTest {

  private final BgpSpeaker member =
      BgpSpeaker.open(
          SpeakerConfig.builder(65001, "192.0.2.1")
              .confederation(Confederation.of(64500, 65002L))
              .listen("127.0.0.1", 0)
              .build());
  private final PeerLog log = new PeerLog();

  @AfterEach
  void close() {
    member.close();
  }

  /** What a neighbour hears of a VIP of the member. */
  private String heard(SpeakerConfig neighbour, long memberSeenAs) throws InterruptedException {
    member.peer(PeerConfig.builder("127.0.0.2", neighbour.asn()).passive(true).build());
    member.announce(Route.to("203.0.113.10/32").build());
    try (BgpSpeaker other = BgpSpeaker.open(neighbour)) {
      other.peer(
          PeerConfig.builder("127.0.0.1", memberSeenAs)
              .port(member.listenAddresses().get(0).getPort())
              .localAddress("127.0.0.2")
              .build(),
          log);
      return log.await("UPDATE nlri [203.0.113.10/32]");
    }
  }

  @Test
  void anotherMemberSeesTheMemberAsAndGetsLocalPref() throws Exception {
    SpeakerConfig inside =
        SpeakerConfig.builder(65002, "192.0.2.2")
            .confederation(Confederation.of(64500, 65001L))
            .build();

    assertThat(heard(inside, 65001)).contains("AS_PATH (65001),").contains("LOCAL_PREF 100");
  }

  @Test
  void outsideOnlyTheConfederationIsSeen() throws Exception {
    assertThat(heard(SpeakerConfig.builder(65009, "192.0.2.9").build(), 64500))
        .contains("AS_PATH 64500,")
        .doesNotContain("LOCAL_PREF");
  }

  @Test
  void withinTheMemberAsThePathIsEmpty() throws Exception {
    assertThat(heard(SpeakerConfig.builder(65001, "192.0.2.3").build(), 65001))
        .contains("AS_PATH ,")
        .contains("LOCAL_PREF 100");
  }

  private void refused(PeerConfig.Builder peer, String because) {
    assertThatThrownBy(() -> member.rehearse(peer.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(because);
  }

  @Test
  void whatCannotBeAMemberIsRefused() {
    refused(
        PeerConfig.builder("127.0.0.2", new RemoteAs.Member(65003)),
        "member AS 65003 is not in the confederation");
    refused(
        PeerConfig.builder("127.0.0.2", 65002).localAs(new LocalAs(64999, true)),
        "knows us by AS 65001 alone; remove the local AS 64999");
    refused(
        PeerConfig.builder("127.0.0.2", 65002).role(new LocalRole(Role.CUSTOMER, false)),
        "no meaning towards a peer in our own AS or confederation");
    assertThatThrownBy(() -> Confederation.of(64500, 64500L))
        .hasMessageContaining("has its own identifier as a member");
    assertThatThrownBy(() -> Confederation.of(0)).hasMessageContaining("AS number 0");
    SpeakerConfig.Builder withItself =
        SpeakerConfig.builder(65001, "192.0.2.1")
            .confederation(new Confederation(64500, Set.of(65001L)));
    assertThatThrownBy(withItself::build).hasMessageContaining("AS 65001 is our own");
  }
}
