package dev.bugle.bgp;

import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageType;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.PackedUpdates;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Counts what a peer's sessions do, from the first to the last. Written on the session's event
 * loop, where a number costs a plain write; read from any thread. Only families that we offer are
 * counted: those that a peer may make up are many.
 */
final class SessionCounters {

  /**
   * What is counted of errors: the codes that RFCs give a meaning for BGP, and one for the rest.
   */
  static final List<Integer> ERROR_CODES = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8);

  /** Stands for every error code that nobody knows. */
  static final int OTHER_ERROR = 0;

  private final Tally<MessageType> sent = new Tally<>(List.of(MessageType.values()));
  private final Tally<MessageType> received = new Tally<>(List.of(MessageType.values()));
  private final Tally<Integer> errorsSent = new Tally<>(ERROR_CODES);
  private final Tally<Integer> errorsReceived = new Tally<>(ERROR_CODES);
  private final Tally<SessionState> entered = new Tally<>(List.of(SessionState.values()));
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong pending = new AtomicLong();
  private final AtomicBoolean synchronised = new AtomicBoolean();
  private final Map<AddressFamily, FamilyCounter> families = new ConcurrentSkipListMap<>();

  SessionCounters(Collection<AddressFamily> offered) {
    offered.forEach(family -> families.put(family, new FamilyCounter()));
  }

  /** We sent this message. */
  void sent(Message message) {
    sent.count(message.type());
    if (message instanceof UpdateMessage update) {
      count(update, FamilyCounter::sent);
    } else if (message instanceof NotificationMessage notification) {
      errorsSent.count(errorCode(notification));
    }
  }

  /** We sent these messages, whose destinations are of that family. */
  void sent(AddressFamily family, PackedUpdates updates) {
    sent.count(MessageType.UPDATE, updates.messages());
    FamilyCounter counter = families.get(family);
    if (counter != null) {
      counter.sent().announced(updates.announced());
      counter.sent().withdrawn(updates.withdrawn());
    }
  }

  /** The peer sent this message. */
  void received(Message message) {
    received.count(message.type());
    if (message instanceof UpdateMessage update) {
      count(update, FamilyCounter::received);
    } else if (message instanceof NotificationMessage notification) {
      errorsReceived.count(errorCode(notification));
    }
  }

  private static int errorCode(NotificationMessage notification) {
    int code = notification.error().code();
    return ERROR_CODES.contains(code) ? code : OTHER_ERROR;
  }

  private void count(UpdateMessage update, Function<FamilyCounter, FamilyCounter.Routes> way) {
    boolean faulty = !update.faults().isEmpty() && update.isTreatAsWithdraw();
    withdrawn(AddressFamily.IPV4_UNICAST, update.withdrawnRoutes(), way);
    announced(AddressFamily.IPV4_UNICAST, update.nlri(), faulty, way);
    update
        .attributes()
        .get(MpUnreach.class)
        .ifPresent(unreach -> withdrawn(unreach.family(), unreach.nlri(), way));
    update
        .attributes()
        .get(MpReach.class)
        .ifPresent(reach -> announced(reach.family(), reach.nlri(), faulty, way));
  }

  private void announced(
      AddressFamily family,
      List<Nlri> nlri,
      boolean faulty,
      Function<FamilyCounter, FamilyCounter.Routes> way) {
    if (faulty) {
      withdrawn(family, nlri, way);
      return;
    }
    FamilyCounter counter = nlri.isEmpty() ? null : families.get(family);
    if (counter != null) {
      way.apply(counter).announced(nlri.size());
    }
  }

  private void withdrawn(
      AddressFamily family, List<Nlri> nlri, Function<FamilyCounter, FamilyCounter.Routes> way) {
    FamilyCounter counter = nlri.isEmpty() ? null : families.get(family);
    if (counter != null) {
      way.apply(counter).withdrawn(nlri.size());
    }
  }

  /** We offer these, too. */
  void offered(List<AddressFamily> more) {
    more.forEach(family -> families.computeIfAbsent(family, unused -> new FamilyCounter()));
  }

  /** The session is in another state. */
  void entered(SessionState state) {
    entered.count(state);
  }

  /** An established session is over: the peer knows nothing from us any more. */
  void ended() {
    ended.lazySet(ended.get() + 1);
    pending.lazySet(0);
    synchronised.lazySet(false);
    families.values().forEach(counter -> counter.advertised(0));
  }

  /** How many destinations of a family the peer knows from us now. */
  void advertised(AddressFamily family, int destinations) {
    FamilyCounter counter = families.get(family);
    if (counter != null) {
      counter.advertised(destinations);
    }
  }

  /** How many destinations wait to be told of now. */
  void pending(int destinations) {
    pending.lazySet(destinations);
  }

  /** Whether the peer was told everything at once, and that this was all. */
  void synchronised(boolean whether) {
    synchronised.lazySet(whether);
  }

  boolean isSynchronised() {
    return synchronised.get();
  }

  Tally<MessageType> sent() {
    return sent;
  }

  Tally<MessageType> received() {
    return received;
  }

  /** NOTIFICATIONs by error code. */
  Tally<Integer> errorsSent() {
    return errorsSent;
  }

  /** NOTIFICATIONs by error code. */
  Tally<Integer> errorsReceived() {
    return errorsReceived;
  }

  /** How often each state was entered. */
  Tally<SessionState> entered() {
    return entered;
  }

  long endedSessions() {
    return ended.get();
  }

  long pending() {
    return pending.get();
  }

  /** Every family that we offer. */
  Map<AddressFamily, FamilyCounter> families() {
    return families;
  }

  Map<AddressFamily, FamilyCounts> familyCounts() {
    Map<AddressFamily, FamilyCounts> counts = new LinkedHashMap<>();
    families.forEach((family, counter) -> counts.put(family, counter.snapshot()));
    return counts;
  }
}
