package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection whose socket takes bytes only when the test lets it. */
class ConnectionTest {

  private static final RouteRefreshMessage REFRESH =
      new RouteRefreshMessage(AddressFamily.IPV4_UNICAST);

  private final BgpSpeaker speaker =
      BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build());
  private boolean takes;
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(ChannelHandlerContext ctx) {
              if (takes) {
                ctx.flush();
              }
            }
          });
  private final Connection connection =
      new Connection(
          new Peer(
                  speaker.directory(),
                  PeerConfig.builder("192.0.2.2", 65002).build(),
                  Audience.ofStranger(PeerListener.NONE))
              .session()
              .driver(),
          Initiator.LOCAL,
          channel);

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    speaker.close();
  }

  @Test
  void keepalivesDoNotPileUpForAPeerThatDoesNotRead() {
    connection.send(KeepaliveMessage.KEEPALIVE);
    long one = connection.unsentOctets();
    for (int i = 0; i < 1000; i++) {
      connection.send(KeepaliveMessage.KEEPALIVE);
    }
    assertThat(connection.unsentOctets()).isEqualTo(one);
    connection.send(REFRESH);
    connection.send(KeepaliveMessage.KEEPALIVE);

    takes = true;
    connection.flush();
    assertThat(channel.outboundMessages()).hasSize(2);
    connection.send(KeepaliveMessage.KEEPALIVE);
    assertThat(channel.outboundMessages()).hasSize(3);
  }
}
