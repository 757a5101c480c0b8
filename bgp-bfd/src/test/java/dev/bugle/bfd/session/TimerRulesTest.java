package dev.bugle.bfd.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bfd.session.Action.AdjustDetectionTimer;
import dev.bugle.bfd.session.Action.Dropped;
import dev.bugle.bfd.session.Action.StartDetectionTimer;
import dev.bugle.bfd.session.Action.StartTransmitTimer;
import dev.bugle.bfd.session.Action.StopTransmitTimer;
import dev.bugle.bfd.session.Action.Transmit;
import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.Secret;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One test per rule of timers, polls and sequence numbers; each names its section of RFC 5880. */
class TimerRulesTest {

  private static final Event TIME_TO_SEND = new Event.TransmitTimerExpired();
  private static final Event SILENCE = new Event.DetectionTimerExpired();

  /** §6.8.3: a second at least while not Up, and a poll when it becomes less. */
  @Test
  void theStartIsSlow() {
    CheckedFsm fsm = fsm(timing(50, 50, 3, false));
    List<Action> actions = fsm.handle(new Event.Enable());
    assertThat(sent(actions).intervals().desiredMinTxMicros()).isEqualTo(1_000_000);
    assertThat(actions).contains(new StartTransmitTimer(Duration.ofSeconds(1), 100));
    fsm.handle(Packets.of(State.DOWN).received());
    actions = fsm.handle(Packets.of(State.INIT).received());
    assertThat(sent(actions).flags().poll()).isTrue();
    assertThat(sent(actions).intervals().desiredMinTxMicros()).isEqualTo(50_000);
    assertThat(actions).contains(new StartTransmitTimer(Duration.ofMillis(50), 100));
  }

  /** §6.8.7: 90 % with a multiplier of 1, and the bound follows the multiplier. */
  @Test
  void theJitterDependsOnTheMultiplier() {
    CheckedFsm fsm = up(timing(50, 50, 1, false));
    assertThat(fsm.handle(TIME_TO_SEND))
        .contains(new StartTransmitTimer(Duration.ofMillis(50), 90));
    assertThat(fsm.handle(new Event.TimingChanged(timing(50, 50, 3, false))))
        .contains(new StartTransmitTimer(Duration.ofMillis(50), 100));
  }

  /** §6.8.3: a longer transmit interval waits for the Final bit. */
  @Test
  void slowingDownWaitsForTheFinal() {
    CheckedFsm fsm = up(timing(50, 50, 3, false));
    List<Action> actions = fsm.handle(new Event.TimingChanged(timing(400, 50, 3, false)));
    assertThat(sent(actions).flags().poll()).isTrue();
    assertThat(sent(actions).intervals().desiredMinTxMicros()).isEqualTo(400_000);
    assertThat(fsm.fsm().transmitInterval()).contains(Duration.ofMillis(50));
    fsm.handle(Packets.of(State.UP).received());
    assertThat(fsm.fsm().transmitInterval()).contains(Duration.ofMillis(50));
    assertThat(fsm.handle(Packets.of(State.UP).isFinal().received()))
        .contains(new StartTransmitTimer(Duration.ofMillis(400), 100));
  }

  /** §6.8.3: everything but the two exceptions takes effect at once. */
  @Test
  void speedingUpAndAcceptingLessDoNotWait() {
    CheckedFsm fsm = up(timing(100, 50, 3, false));
    List<Action> actions = fsm.handle(new Event.TimingChanged(timing(60, 200, 3, false)));
    assertThat(actions)
        .contains(
            new StartTransmitTimer(Duration.ofMillis(60), 100),
            new AdjustDetectionTimer(Duration.ofMillis(600)));
  }

  /** §6.8.3: a shorter receive interval waits for the Final bit. */
  @Test
  void detectingFasterWaitsForTheFinal() {
    CheckedFsm fsm = up(timing(50, 300, 3, false));
    assertThat(fsm.handle(new Event.TimingChanged(timing(50, 100, 3, false))))
        .noneMatch(AdjustDetectionTimer.class::isInstance);
    assertThat(fsm.fsm().detectionTime()).contains(Duration.ofMillis(900));
    assertThat(fsm.handle(Packets.of(State.UP).isFinal().received()))
        .contains(new StartDetectionTimer(Duration.ofMillis(300)));
  }

  /** §6.5, end of §6.8.3: one poll at a time, told apart by a packet without the Final bit. */
  @Test
  void theNextPollWaitsUntilNoAnswerCanBeMistaken() {
    CheckedFsm fsm = up(timing(50, 50, 3, false));
    fsm.handle(new Event.TimingChanged(timing(100, 50, 3, false)));
    assertThat(fsm.handle(new Event.TimingChanged(timing(400, 50, 3, false)))).isEmpty();
    assertThat(sent(fsm.handle(TIME_TO_SEND)).intervals().desiredMinTxMicros()).isEqualTo(100_000);
    Event late = Packets.of(State.UP).isFinal().received();
    assertThat(fsm.handle(late)).noneMatch(Transmit.class::isInstance);
    assertThat(fsm.handle(late)).noneMatch(Transmit.class::isInstance);
    assertThat(fsm.fsm().transmitInterval()).contains(Duration.ofMillis(100));
    ControlPacket next = sent(fsm.handle(Packets.of(State.UP).received()));
    assertThat(next.flags().poll()).isTrue();
    assertThat(next.intervals().desiredMinTxMicros()).isEqualTo(400_000);
    assertThat(fsm.fsm().transmitInterval()).contains(Duration.ofMillis(100));
    fsm.handle(late);
    assertThat(fsm.fsm().transmitInterval()).contains(Duration.ofMillis(400));
  }

  /** §6.5: the Poll bit stays in the periodic packets until the Final bit; then it is gone. */
  @Test
  void aPollIsRepeatedUntilItIsAnswered() {
    CheckedFsm fsm = up(timing(50, 50, 3, false));
    assertThat(sent(fsm.handle(new Event.PollRequested())).flags().poll()).isTrue();
    for (int i = 0; i < 5; i++) {
      assertThat(sent(fsm.handle(TIME_TO_SEND)).flags().poll()).isTrue();
    }
    ControlPacket answer = sent(fsm.handle(Packets.of(State.UP).poll().received()));
    assertThat(answer.flags().isFinal()).isTrue();
    assertThat(answer.flags().poll()).isFalse();
    assertThat(sent(fsm.handle(TIME_TO_SEND)).flags().poll()).isTrue();
    fsm.handle(Packets.of(State.UP).isFinal().received());
    assertThat(sent(fsm.handle(TIME_TO_SEND)).flags().poll()).isFalse();
  }

  /** §6.8.6: a Final bit that nothing asked for ends nothing. */
  @Test
  void anUnexpectedFinalIsAPacketLikeAnyOther() {
    CheckedFsm fsm = up(timing(50, 50, 3, false));
    assertThat(fsm.handle(Packets.of(State.UP).isFinal().received()))
        .containsExactly(new StartDetectionTimer(Duration.ofMillis(150)));
  }

  /** §6.8.7: the timer is left alone by packets that change nothing. */
  @Test
  void aStreamOfPacketsDoesNotTouchTheTransmitTimer() {
    CheckedFsm fsm = up(timing(50, 50, 3, false));
    for (int i = 0; i < 100; i++) {
      assertThat(fsm.handle(Packets.of(State.UP).received()))
          .containsExactly(new StartDetectionTimer(Duration.ofMillis(150)));
      assertThat(fsm.handle(Packets.of(State.UP).poll().received()))
          .noneMatch(StartTransmitTimer.class::isInstance);
    }
  }

  /** §6.8.2, §6.8.7: what the other side can receive bounds us; zero stops the periodic packets. */
  @Test
  void theOtherSideBoundsTheTransmitInterval() {
    CheckedFsm fsm = up(timing(50, 50, 3, false));
    assertThat(fsm.handle(Packets.of(State.UP).intervals(50, 700).received()))
        .contains(new StartTransmitTimer(Duration.ofMillis(700), 100));
    assertThat(fsm.handle(Packets.of(State.UP).intervals(50, 0).received()))
        .contains(new StopTransmitTimer());
    assertThat(sent(fsm.handle(Packets.of(State.UP).intervals(50, 0).poll().received())).flags())
        .matches(ControlPacket.Flags::isFinal);
    assertThat(sent(fsm.handle(Packets.of(State.DOWN).intervals(50, 0).received())).state())
        .as("a change is told all the same")
        .isEqualTo(State.DOWN);
    assertThat(fsm.handle(Packets.of(State.DOWN).intervals(50, 20).received()))
        .contains(new StartTransmitTimer(Duration.ofSeconds(1), 100));
  }

  /** §6.8.4: their multiplier, and the slower of what they send and what we receive. */
  @ParameterizedTest
  @CsvSource({"50,50,3,150", "50,200,3,600", "200,50,3,600", "50,50,1,50", "50,50,255,12750"})
  void theDetectionTime(int theirMinTx, int ourMinRx, int theirMult, int expectedMillis) {
    CheckedFsm fsm = up(timing(50, ourMinRx, 3, false));
    assertThat(
            fsm.handle(
                Packets.of(State.UP).intervals(theirMinTx, 50).detectMult(theirMult).received()))
        .contains(new StartDetectionTimer(Duration.ofMillis(expectedMillis)));
  }

  /** §6.8.4: in Demand mode our multiplier and our interval, from the beginning of the poll. */
  @Test
  void inDemandModeOnlyTheAnswerKeepsTheSessionUp() {
    CheckedFsm fsm = up(timing(40, 50, 5, true));
    assertThat(fsm.handle(new Event.PollRequested()))
        .contains(new StartDetectionTimer(Duration.ofMillis(250)));
    assertThat(fsm.handle(Packets.of(State.UP).received())).isEmpty();
    assertThat(fsm.handle(Packets.of(State.UP).poll().received()))
        .noneMatch(StartDetectionTimer.class::isInstance);
    fsm.handle(SILENCE);
    assertThat(fsm.state()).isEqualTo(State.DOWN);
  }

  /** §6.6: the other side asks for silence; a poll of ours breaks it until it is answered. */
  @Test
  void theDemandOfTheOtherSideStopsThePeriodicPackets() {
    CheckedFsm fsm = up(timing(50, 50, 3, false));
    Event demand = Packets.of(State.UP).demand().received();
    assertThat(fsm.handle(demand)).contains(new StopTransmitTimer());
    assertThat(fsm.handle(TIME_TO_SEND)).isEmpty();
    assertThat(sent(fsm.handle(new Event.PollRequested())).flags().poll()).isTrue();
    assertThat(sent(fsm.handle(TIME_TO_SEND)).flags().poll()).isTrue();
    assertThat(fsm.handle(Packets.of(State.UP).demand().isFinal().received()))
        .contains(new StopTransmitTimer());
  }

  /**
   * §6.8.1: the discriminator is forgotten in every state, the sequence number after twice that.
   */
  @Test
  void silenceMakesForgetful() {
    Keys keys = Keys.of(AuthenticationType.METICULOUS_KEYED_SHA1, 1, Secret.of("key"));
    CheckedFsm fsm = fsm(timing(50, 50, 3, false), Optional.of(keys));
    fsm.handle(new Event.Enable());
    assertThat(fsm.handle(signed(keys, 100))).noneMatch(Dropped.class::isInstance);
    assertThat(fsm.handle(signed(keys, 100))).containsExactly(new Dropped(DropReason.REPLAYED));
    List<Action> actions = fsm.handle(SILENCE);
    assertThat(sent(actions).yourDiscriminator()).isZero();
    assertThat(actions).contains(new AdjustDetectionTimer(Duration.ofMillis(300)));
    assertThat(fsm.handle(signed(keys, 50))).containsExactly(new Dropped(DropReason.REPLAYED));
    fsm.handle(SILENCE);
    assertThat(fsm.handle(signed(keys, 50))).noneMatch(Dropped.class::isInstance);
  }

  /** §6.7.3, §6.7.4: the window of each kind, also across the end of the numbers. */
  @ParameterizedTest
  @CsvSource({
    "KEYED_MD5,100,99,false",
    "KEYED_MD5,100,100,true",
    "KEYED_MD5,100,109,true",
    "KEYED_MD5,100,110,false",
    "KEYED_SHA1,100,100,true",
    "KEYED_SHA1,-1,8,true",
    "KEYED_SHA1,-1,9,false",
    "METICULOUS_KEYED_MD5,100,100,false",
    "METICULOUS_KEYED_MD5,100,101,true",
    "METICULOUS_KEYED_SHA1,-1,0,true",
    "METICULOUS_KEYED_SHA1,2147483647,-2147483648,true",
    "METICULOUS_KEYED_SHA1,100,110,false"
  })
  void theWindowOfSequenceNumbers(AuthenticationType type, int last, int next, boolean fresh) {
    Keys keys = Keys.of(type, 1, Secret.of("key"));
    CheckedFsm fsm = fsm(timing(50, 50, 3, false), Optional.of(keys));
    fsm.handle(new Event.Enable());
    fsm.handle(signed(Keys.of(type, 1, Secret.of("forged")), 7));
    assertThat(fsm.handle(signed(keys, last))).noneMatch(Dropped.class::isInstance);
    assertThat(fsm.handle(signed(keys, next)).contains(new Dropped(DropReason.REPLAYED)))
        .isEqualTo(!fresh);
  }

  /** §6.7.3: the number moves with the contents, or with every packet. */
  @ParameterizedTest
  @CsvSource({"KEYED_MD5,0", "METICULOUS_KEYED_MD5,1", "KEYED_SHA1,0", "METICULOUS_KEYED_SHA1,1"})
  void theSequenceNumberThatIsSent(AuthenticationType type, int step) {
    CheckedFsm fsm = fsm(timing(50, 50, 3, false), Optional.of(Keys.of(type, 1, Secret.of("key"))));
    int first = sequenceNumber(fsm.handle(new Event.Enable()));
    assertThat(sequenceNumber(fsm.handle(TIME_TO_SEND))).isEqualTo(first + step);
  }

  @Test
  void aSlipOfUnitsIsRefused() {
    assertThatThrownBy(() -> Timing.of(Duration.ofNanos(300_000), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0.0003S is not in PT0.001S to PT1H");
    assertThatThrownBy(() -> Timing.of(Duration.ofMillis(50), 256)).hasMessageContaining("256");
  }

  private static Event signed(Keys keys, int sequenceNumber) {
    return new Event.PacketReceived(keys.sign(Packets.of(State.DOWN).packet(), sequenceNumber));
  }

  private static int sequenceNumber(List<Action> actions) {
    return sent(actions).authentication().orElseThrow().sequenceNumber();
  }

  private static ControlPacket sent(List<Action> actions) {
    List<ControlPacket> packets =
        actions.stream()
            .filter(Transmit.class::isInstance)
            .map(action -> ((Transmit) action).packet())
            .toList();
    assertThat(packets).hasSize(1);
    return packets.get(0);
  }

  private static CheckedFsm fsm(Timing timing) {
    return fsm(timing, Optional.empty());
  }

  private static CheckedFsm fsm(Timing timing, Optional<Keys> keys) {
    return new CheckedFsm(
        new SessionConfig(Packets.OURS, timing, SessionConfig.Role.ACTIVE, false, false, 0, keys));
  }

  /** UP, with every poll answered and settled. */
  private static CheckedFsm up(Timing timing) {
    CheckedFsm fsm = fsm(timing);
    fsm.handle(new Event.Enable());
    fsm.handle(Packets.of(State.INIT).received());
    for (int i = 0; i < 2; i++) { // coming up, and Demand mode
      fsm.handle(Packets.of(State.UP).isFinal().received());
      fsm.handle(Packets.of(State.UP).received());
    }
    return fsm;
  }

  private static Timing timing(int minTxMillis, int minRxMillis, int detectMult, boolean demand) {
    return new Timing(
        Duration.ofMillis(minTxMillis),
        Duration.ofMillis(minRxMillis),
        Duration.ZERO,
        detectMult,
        demand);
  }
}
