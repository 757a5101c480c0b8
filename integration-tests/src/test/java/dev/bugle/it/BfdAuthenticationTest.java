package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.Secret;
import dev.bugle.bfd.wire.State;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that are authenticated (RFC 5880 §6.7), against BIRD: FRR's bfdd cannot do it. */
class BfdAuthenticationTest extends BfdContract {

  private static final String OLD = "old secret";
  private static final String NEW = "new secret, 16 c";
  private static final BfdTiming OTHER = BfdTiming.millis(110, 120, 20);
  private static final AuthenticationType SHA1 = AuthenticationType.METICULOUS_KEYED_SHA1;

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void birdAndBugleAcceptEachOther(AuthenticationType type) {
    start(type, Map.of(7, OLD), Keys.of(type, 7, Secret.of(OLD)));
    awaitUp(STEADY, STEADY);
    assertNeverDown();
    assertBirdHears(OTHER);
    assertThat(bugle().status().counters().dropped()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void anotherSecretKeepsBothDown(AuthenticationType type) {
    start(type, Map.of(7, OLD), Keys.of(type, 7, Secret.of(NEW)));
    awaitDropped(DropReason.WRONG_AUTHENTICATION);
    assertDown();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"SIMPLE_PASSWORD", "METICULOUS_KEYED_SHA1"})
  void anotherKeyIdKeepsBothDown(AuthenticationType type) {
    start(type, Map.of(7, OLD), Keys.of(type, 8, Secret.of(OLD)));
    awaitDropped(DropReason.WRONG_AUTHENTICATION);
    assertDown();
  }

  @Test
  void anotherTypeKeepsBothDown() {
    start(AuthenticationType.KEYED_SHA1, Map.of(7, OLD), Keys.of(SHA1, 7, Secret.of(OLD)));
    awaitDropped(DropReason.WRONG_AUTHENTICATION);
    assertDown();
  }

  @Test
  void routerThatDoesNotAuthenticateIsRefused() {
    BfdPath path = ipv4();
    startBugle(withKeys(path, Keys.of(SHA1, 7, Secret.of(OLD))));
    startRouter(BfdKind.BIRD, BfdPeering.active(path, STEADY));
    awaitDropped(DropReason.MISSING_AUTHENTICATION);
    assertDown();
  }

  @Test
  void routerThatAuthenticatesUnaskedIsRefused() {
    BfdPath path = ipv4();
    startBugle(BugleBfd.start(path, STEADY.profile().build()));
    startRouter(
        BfdKind.BIRD, BfdPeering.active(path, STEADY).authenticated(words(SHA1), Map.of(7, OLD)));
    awaitDropped(DropReason.UNEXPECTED_AUTHENTICATION);
    assertDown();
  }

  /** Both sides accept both keys for a while, and each changes over when it likes. */
  @ParameterizedTest(name = "{0}")
  @EnumSource
  void keyIsChangedWhileTheSessionStaysUp(AuthenticationType type) {
    Secret oldSecret = Secret.of(OLD);
    Secret newSecret = Secret.of(NEW);
    BirdBfd bird = start(type, Map.of(1, OLD), Keys.of(type, 1, oldSecret));
    awaitUp(STEADY, STEADY);

    Map<Integer, String> oldFirst = new LinkedHashMap<>();
    oldFirst.put(1, OLD);
    oldFirst.put(2, NEW);
    bird.rekey(oldFirst);
    useKeys(new Keys(type, Map.of(1, oldSecret, 2, newSecret), 2));
    assertBirdHears(OTHER);

    bird.rekey(Map.of(2, NEW));
    assertBirdHears(STEADY);
    useKeys(Keys.of(type, 2, newSecret));
    assertBirdHears(OTHER);
    assertThat(bugle().status().counters().dropped()).isEmpty();
  }

  /** The absence of FRR in the tests above: whoever sees this fail may add it there. */
  @Test
  void frrHasNothingToConfigureAuthenticationWith() {
    FrrBfd frr = new FrrBfd(machine());
    startRouter(frr, BfdPeering.active(ipv4(), STEADY));
    assertThat(frr.settingsOfAPeer()).contains("detect-multiplier").doesNotContain("auth");
  }

  /** It follows what it is asked for in packets of now, and neither side has left UP. */
  private void assertBirdHears(BfdTiming asked) {
    bugle().session().apply(asked.profile().build());
    awaitUp(asked, STEADY);
    assertNeverDown();
  }

  private void useKeys(Keys keys) {
    bugle().session().keys(Optional.of(keys));
  }

  private BirdBfd start(AuthenticationType ofRouter, Map<Integer, String> passwords, Keys keys) {
    BfdPath path = ipv4();
    startBugle(withKeys(path, keys));
    BirdBfd bird = new BirdBfd(machine());
    startRouter(bird, BfdPeering.active(path, STEADY).authenticated(words(ofRouter), passwords));
    return bird;
  }

  private static BugleBfd withKeys(BfdPath path, Keys keys) {
    return BugleBfd.start(path, STEADY.profile().build(), config -> config.keys(keys));
  }

  /** As BIRD calls it. */
  private static String words(AuthenticationType type) {
    return switch (type) {
      case SIMPLE_PASSWORD -> "simple";
      case KEYED_MD5 -> "keyed md5";
      case METICULOUS_KEYED_MD5 -> "meticulous keyed md5";
      case KEYED_SHA1 -> "keyed sha1";
      case METICULOUS_KEYED_SHA1 -> "meticulous keyed sha1";
    };
  }

  /** Several packets, so that each side has had its chance. */
  private void awaitDropped(DropReason reason) {
    Eventually.see(
        "Bugle has refused two packets: " + reason,
        Deadlines.ROUTE,
        () -> bugle().status().counters(),
        ignored -> bugle().dropped(reason) >= 2);
  }

  private void assertDown() {
    assertThat(bugle().changes()).noneMatch(change -> change.to() == State.UP);
    assertThat(bugle().status().counters().received()).isZero();
    assertThat(router().session().state()).isEqualTo(BfdSeen.State.DOWN);
    assertThat(router().timesUp()).isZero();
  }
}
