package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.Export;
import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.OwnAs;
import dev.bugle.bgp.rib.PeerKind;
import dev.bugle.bgp.rib.PolicyPeer;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.OpenMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The minimum route advertisement interval, on a channel whose time the test makes pass. */
class UpdateSenderTest {

  private static final CodecContext CODEC = CodecContext.INITIAL.withFourOctetAs(true);
  private static final PolicyPeer PEER = new PolicyPeer(IpAddress.parse("192.0.2.254"), 65000);

  private final BgpSpeaker speaker =
      BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build());
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final LocalRib desired = new LocalRib();

  @BeforeEach
  void stopTime() {
    channel.freezeTime();
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    speaker.close();
  }

  private UpdateSender sender(Duration interval) {
    UpdateSender[] made = new UpdateSender[1];
    PeerConfig config = PeerConfig.builder("192.0.2.254", 65000).build();
    Connection connection =
        new Connection(
            new Peer(speaker.directory(), config, Audience.ofStranger(PeerListener.NONE))
                .session()
                .driver(),
            Initiator.LOCAL,
            channel);
    connection.context(CODEC);
    made[0] =
        new UpdateSender(
            connection,
            new Negotiated(
                new OpenMessage(65000, 90, Ipv4Address.parse("192.0.2.254"), List.of()),
                Duration.ofSeconds(90),
                List.of(AddressFamily.IPV4_UNICAST),
                Set.of(),
                CODEC),
            export(),
            new AdvertisementInterval(channel.eventLoop(), interval, () -> send(made[0])));
    return made[0];
  }

  /** As the session does it. */
  private static void send(UpdateSender sender) {
    sender.send();
    sender.completeWaiting();
  }

  private static Export export() {
    return new Export(
        PEER,
        RoutePolicy.ACCEPT_ALL,
        OwnAs.of(65001),
        PeerKind.EXTERNAL,
        false,
        Map.of(AddressFamily.IPV4_UNICAST, IpAddress.parse("192.0.2.1")));
  }

  private UpdateSender loaded(Duration interval) {
    UpdateSender sender = sender(interval);
    sender.load(desired.snapshot());
    assertThat(written()).containsExactly("UPDATE End-of-RIB ipv4-unicast");
    return sender;
  }

  private CompletableFuture<Void> announce(UpdateSender sender, String prefix, long med) {
    CompletableFuture<Void> flushed = withdraw(sender, prefix);
    assertThat(flushed).isCompleted();
    flushed = new CompletableFuture<>();
    Route route = Route.to(prefix).med(med).build();
    sender.update(List.of(desired.add("owner", route.toLocalRoute())), flushed);
    sender.completeWaiting();
    return flushed;
  }

  private CompletableFuture<Void> withdraw(UpdateSender sender, String prefix) {
    CompletableFuture<Void> flushed = new CompletableFuture<>();
    List<LocalRib.Change> changes = desired.remove("owner", Prefix.parse(prefix)).stream().toList();
    if (changes.isEmpty()) {
      flushed.complete(null);
    } else {
      sender.update(changes, flushed);
      sender.completeWaiting();
    }
    return flushed;
  }

  private void pass(Duration time) {
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  private List<String> written() {
    List<String> messages = new ArrayList<>();
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      MessageCodec.decodeNext(bytes, CODEC).ifPresent(message -> messages.add(shortened(message)));
      bytes.release();
    }
    return messages;
  }

  private static String shortened(Object message) {
    return message.toString().replaceAll(" with ORIGIN.*DISC", " med");
  }

  @Test
  void withoutAnIntervalEverythingGoesAtOnce() {
    UpdateSender sender = loaded(Duration.ZERO);
    assertThat(announce(sender, "203.0.113.1/32", 1)).isCompleted();
    assertThat(announce(sender, "203.0.113.2/32", 2)).isCompleted();
    assertThat(written())
        .containsExactly(
            "UPDATE nlri [203.0.113.1/32] med 1", "UPDATE nlri [203.0.113.2/32] med 2");
  }

  @Test
  void whatFollowsAnAnnouncementWaitsAndIsToldInItsNewestForm() {
    UpdateSender sender = loaded(Duration.ofSeconds(10));
    assertThat(announce(sender, "203.0.113.1/32", 1)).isCompleted();
    assertThat(written()).containsExactly("UPDATE nlri [203.0.113.1/32] med 1");

    announce(sender, "203.0.113.2/32", 1);
    CompletableFuture<Void> newest = announce(sender, "203.0.113.2/32", 7);
    CompletableFuture<Void> everything = new CompletableFuture<>();
    sender.update(List.of(), everything);
    sender.completeWaiting();

    pass(Duration.ofMillis(7_499)); // jitter takes at most a quarter (RFC 4271 §10)
    assertThat(written()).isEmpty();
    assertThat(newest).isNotDone();
    assertThat(everything).isNotDone();
    pass(Duration.ofMillis(2_501));
    assertThat(written()).containsExactly("UPDATE nlri [203.0.113.2/32] med 7");
    assertThat(newest).isCompleted();
    assertThat(everything).isCompleted();
  }

  @Test
  void theIntervalBeginsAnewWithEachAnnouncementAndNotWithoutOne() {
    UpdateSender sender = loaded(Duration.ofSeconds(10));
    announce(sender, "203.0.113.1/32", 1);
    announce(sender, "203.0.113.2/32", 1);
    pass(Duration.ofSeconds(10));
    assertThat(written()).hasSize(2);
    assertThat(announce(sender, "203.0.113.3/32", 1)).isNotDone();
    pass(Duration.ofSeconds(10));
    assertThat(written()).containsExactly("UPDATE nlri [203.0.113.3/32] med 1");
    pass(Duration.ofSeconds(10));
    assertThat(announce(sender, "203.0.113.4/32", 1)).isCompleted();
    assertThat(written()).containsExactly("UPDATE nlri [203.0.113.4/32] med 1");
  }

  @Test
  void aWithdrawalDoesNotWaitNorDoesWhoAskedForIt() {
    UpdateSender sender = loaded(Duration.ofSeconds(10));
    announce(sender, "203.0.113.1/32", 1);
    CompletableFuture<Void> held = announce(sender, "203.0.113.2/32", 1);
    written();
    assertThat(withdraw(sender, "203.0.113.1/32")).isCompleted();
    assertThat(written()).containsExactly("UPDATE withdrawn [203.0.113.1/32]");
    assertThat(held).isNotDone();
  }

  @Test
  void aRouteThatComesAndGoesWithinTheIntervalIsNeverHeardOf() {
    UpdateSender sender = loaded(Duration.ofSeconds(10));
    announce(sender, "203.0.113.1/32", 1);
    written();
    CompletableFuture<Void> fickle = announce(sender, "203.0.113.2/32", 1);
    assertThat(withdraw(sender, "203.0.113.2/32")).isCompleted();
    assertThat(fickle).as("nothing is left to wait for").isCompleted();
    pass(Duration.ofSeconds(10));
    assertThat(written()).isEmpty();
  }

  @Test
  void aWithdrawalDoesNotBeginTheInterval() {
    UpdateSender sender = loaded(Duration.ofSeconds(10));
    announce(sender, "203.0.113.1/32", 1);
    pass(Duration.ofSeconds(10));
    withdraw(sender, "203.0.113.1/32");
    assertThat(announce(sender, "203.0.113.2/32", 1)).isCompleted();
  }

  @Test
  void anotherIntervalTakesEffectAtOnce() {
    UpdateSender sender = loaded(Duration.ofSeconds(10));
    announce(sender, "203.0.113.1/32", 1);
    CompletableFuture<Void> held = announce(sender, "203.0.113.2/32", 1);
    sender.export(export(), Duration.ofSeconds(10));
    send(sender);
    assertThat(held).as("the same one goes on").isNotDone();
    sender.export(export(), Duration.ZERO);
    send(sender);
    assertThat(held).isCompleted();
    assertThat(announce(sender, "203.0.113.3/32", 1)).isCompleted();
  }

  @Test
  void theEndOfTheSessionEndsTheWait() {
    UpdateSender sender = loaded(Duration.ofSeconds(10));
    announce(sender, "203.0.113.1/32", 1);
    CompletableFuture<Void> held = announce(sender, "203.0.113.2/32", 1);
    written();
    sender.end();
    assertThat(held).isCompleted();
    pass(Duration.ofSeconds(10));
    assertThat(written()).as("the timer has gone, too").isEmpty();
  }
}
