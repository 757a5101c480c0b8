package dev.bugle.advertiser;

import dev.bugle.advertiser.leadership.AlwaysConfig;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.leadership.ElectorKinds;
import dev.bugle.advertiser.time.Ticker;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The electors of a source. One that is not wanted any more stays until it has been given up in
 * order, and nobody takes its place before. One thread at a time.
 */
final class Seats {

  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  /**
   * Why a leadership is not there.
   *
   * @param passes whether it will be there in a moment, without anything being done
   */
  record Lack(String reason, boolean passes) {}

  private static final class Seat {
    private final ElectorConfig config;
    private final Contest contest;
    private boolean going;
    private long notice;

    Seat(ElectorConfig config, Contest contest) {
      this.config = config;
      this.contest = contest;
    }
  }

  private final Ticker ticker;
  private final Runnable changed;
  private final Map<String, Seat> seats = new LinkedHashMap<>();
  private long notices;

  /** None; the electors call that one when something has changed. */
  Seats(Ticker ticker, Runnable changed) {
    this.ticker = ticker;
    this.changed = changed;
  }

  /**
   * Makes and starts what is wanted and not there, and gives notice to what is not wanted. What is
   * as before is not touched, and notice that was given to it is taken back.
   *
   * @return those that are wanted and are not there
   */
  Map<String, Lack> fill(Map<String, ElectorConfig> wanted) {
    seats.forEach((name, seat) -> notice(seat, !seat.config.equals(wanted.get(name))));
    Map<String, Lack> lacking = new HashMap<>();
    wanted.forEach(
        (name, config) -> {
          Seat seat = seats.get(name);
          if (seat == null) {
            add(name, config, lacking);
          } else if (seat.going) {
            lacking.put(
                name,
                new Lack(
                    "its leadership " + name + " is otherwise now, and the former is given up",
                    true));
          }
        });
    return lacking;
  }

  private void notice(Seat seat, boolean going) {
    if (going && !seat.going) {
      notices++;
      seat.notice = notices;
    }
    seat.going = going;
  }

  private void add(String name, ElectorConfig config, Map<String, Lack> lacking) {
    try {
      Contest contest =
          new Contest(ElectorKinds.found().create(name, config, ticker), config.handover());
      try {
        contest.elector().stand(config instanceof AlwaysConfig);
        contest.elector().start(changed);
      } catch (RuntimeException | LinkageError refused) {
        close(name, contest);
        throw refused;
      }
      seats.put(name, new Seat(config, contest));
    } catch (RuntimeException | LinkageError e) {
      String why = Objects.toString(e.getMessage(), e.toString());
      log.warn("leadership {} cannot be competed for, and is tried again: {}", name, why);
      lacking.put(name, new Lack("its leadership cannot be competed for: " + why, false));
    }
  }

  /** All of them, also those that are being given up. */
  Map<String, Contest> contests() {
    Map<String, Contest> contests = new HashMap<>();
    seats.forEach((name, seat) -> contests.put(name, seat.contest));
    return contests;
  }

  /** What they compete for, with their names. */
  Map<String, String> prizes() {
    Map<String, String> prizes = new HashMap<>();
    seats.forEach((name, seat) -> seat.config.prize().ifPresent(p -> prizes.put(p, name)));
    return prizes;
  }

  /** Those that have notice, with the number of that notice. */
  Map<String, Long> going() {
    Map<String, Long> going = new HashMap<>();
    seats.forEach(
        (name, seat) -> {
          if (seat.going) {
            going.put(name, seat.notice);
          }
        });
    return going;
  }

  /**
   * Ends those that are given up by now.
   *
   * @param given as {@link #going} said; one that was wanted again meanwhile stays
   * @return whether any has ended
   */
  boolean retire(Map<String, Long> given) {
    boolean any = false;
    for (Map.Entry<String, Long> one : given.entrySet()) {
      Seat seat = seats.get(one.getKey());
      if (seat != null && seat.going && seat.notice == one.getValue()) {
        seats.remove(one.getKey());
        close(one.getKey(), seat.contest);
        any = true;
      }
    }
    return any;
  }

  /** Ends all of them. */
  void close() {
    seats.forEach((name, seat) -> close(name, seat.contest));
    seats.clear();
  }

  private static void close(String name, Contest contest) {
    try {
      contest.elector().close();
    } catch (RuntimeException e) {
      log.error("leadership {}: its elector failed when it was closed", name, e);
    }
  }
}
