package dev.bugle.it;

import dev.bugle.k8s.apiserver.Trouble;
import java.time.Duration;

/**
 * What can be done to a node of a {@link ClusterLab}, or to the API server for all of them, and how
 * long the VIPs that a Lease decides about may be unannounced when it is done to the leader.
 * docs/safety.md derives the numbers. When the method returns it is over, though not yet recovered
 * from.
 */
enum ClusterTrouble {
  /** SIGKILL, and a new start. */
  KILLED {
    @Override
    void happen(ClusterLab lab, String node) {
      long from = System.nanoTime();
      lab.node(node).node().signal("KILL");
      lab.node(node).node().awaitEnd();
      note(lab, node, from, System.nanoTime(), Duration.ZERO);
      lab.start(node);
    }

    @Override
    Duration gap(ClusterTerms terms, Duration length) {
      return terms.takeover();
    }
  },

  /** SIGTERM, and a new start. */
  TERMINATED {
    @Override
    void happen(ClusterLab lab, String node) {
      long from = System.nanoTime();
      lab.node(node).node().signal("TERM");
      lab.node(node).node().awaitEnd();
      note(lab, node, from, System.nanoTime(), Duration.ZERO);
      lab.start(node);
    }

    @Override
    Duration gap(ClusterTerms terms, Duration length) {
      return terms.handover();
    }
  },

  /** SIGSTOP for longer than the lease, and than the router waits. */
  STOPPED {
    @Override
    void happen(ClusterLab lab, String node) {
      SafetyNode process = lab.node(node).node();
      last(
          lab,
          node,
          lab.terms().pastSilence(),
          () -> process.signal("STOP"),
          () -> process.signal("CONT"));
    }

    @Override
    Duration unheard(ClusterTerms terms) {
      return terms.silence();
    }

    @Override
    Duration gap(ClusterTerms terms, Duration length) {
      return terms.takeover();
    }
  },

  /** Packets between the node and the API server vanish. */
  API_UNREACHABLE(true) {
    @Override
    void happen(ClusterLab lab, String node) {
      ClusterNode one = lab.node(node);
      Duration length = lab.terms().pastDeadline();
      last(lab, node, length, one::cutApiWire, one::mendApiWire);
    }

    @Override
    Duration gap(ClusterTerms terms, Duration length) {
      return terms.expiry();
    }
  },

  /** Its connections to the API server are reset, new ones too. */
  API_RESETS(true) {
    @Override
    void happen(ClusterLab lab, String node) {
      ClusterNode one = lab.node(node);
      Duration length = lab.terms().pastDeadline();
      last(lab, node, length, one.carrier()::cut, one.carrier()::mend);
    }

    @Override
    Duration gap(ClusterTerms terms, Duration length) {
      return terms.expiry();
    }
  },

  /** Packets between the node and the router vanish. */
  ROUTER_UNREACHABLE {
    @Override
    void happen(ClusterLab lab, String node) {
      SafetyNode process = lab.node(node).node();
      Duration length = lab.terms().silence().plus(ClusterTerms.PATIENCE).plusMillis(500);
      last(lab, node, length, process::cutWire, process::mendWire);
    }

    @Override
    Duration unheard(ClusterTerms terms) {
      return terms.silence();
    }

    @Override
    Duration gap(ClusterTerms terms, Duration length) {
      return terms.yielding();
    }
  },

  /** Packets between the node and everybody vanish. */
  ALONE {
    @Override
    void happen(ClusterLab lab, String node) {
      ClusterNode one = lab.node(node);
      last(
          lab,
          node,
          lab.terms().pastSilence(),
          () -> {
            one.cutApiWire();
            one.node().cutWire();
          },
          () -> {
            one.node().mendWire();
            one.mendApiWire();
          });
    }

    @Override
    Duration unheard(ClusterTerms terms) {
      return terms.silence();
    }

    @Override
    Duration gap(ClusterTerms terms, Duration length) {
      // Its route is gone when the router has not heard of it; it may have renewed the Lease since.
      return terms.takeover().plus(terms.retry());
    }
  },

  /** The API server is gone for all: what they ask for is lost. */
  API_GONE(true) {
    @Override
    void happen(ClusterLab lab, String node) {
      last(
          lab,
          node,
          lab.terms().pastDeadline(),
          () -> lab.toAll(one -> one.carrier().lose()),
          () -> lab.toAll(one -> one.carrier().mend()));
    }

    @Override
    Duration gap(ClusterTerms terms, Duration length) {
      return terms.outage(length, Duration.ZERO);
    }
  },

  /** It answers everybody late, but in time. */
  API_SLOW(true) {
    @Override
    void happen(ClusterLab lab, String node) {
      Duration delay = lab.terms().timeout().dividedBy(2);
      befall(lab, node, Trouble.late(delay), lab.terms().pastDeadline());
    }

    @Override
    Duration gap(ClusterTerms terms, Duration length) {
      return Duration.ZERO;
    }
  },

  /** It answers that node too late, though it does what was asked. */
  API_TOO_SLOW(true) {
    @Override
    void happen(ClusterLab lab, String node) {
      ClusterNode one = lab.node(node);
      last(
          lab,
          node,
          lab.terms().pastDeadline(),
          () -> one.api().befall(Trouble.late(delay(lab.terms()))),
          lab::heal);
    }

    private Duration delay(ClusterTerms terms) {
      return terms.timeout().multipliedBy(3).dividedBy(2);
    }

    @Override
    Duration gap(ClusterTerms terms, Duration length) {
      return terms.lateExpiry(delay(terms));
    }
  },

  /** All writes and reads of all nodes are answered by 409. */
  CONFLICTS(true) {
    @Override
    void happen(ClusterLab lab, String node) {
      befall(lab, node, Trouble.refused(409), lab.terms().pastDeadline());
    }

    @Override
    Duration gap(ClusterTerms terms, Duration length) {
      return terms.outage(length, Duration.ZERO);
    }
  },

  /** All are answered by 429, and asked to come again in a second. */
  OVERLOADED(true) {
    @Override
    void happen(ClusterLab lab, String node) {
      int seconds = Math.toIntExact(RETRY_AFTER.toSeconds());
      befall(lab, node, Trouble.refused(429, seconds), lab.terms().pastDeadline());
    }

    @Override
    Duration gap(ClusterTerms terms, Duration length) {
      return terms.outage(length, RETRY_AFTER);
    }
  },

  /** Half of what is asked is answered by 500, and not done. */
  FAILS_OFTEN(true) {
    @Override
    void happen(ClusterLab lab, String node) {
      befall(lab, node, Trouble.refused(500).sometimes(0.5), lab.terms().pastDeadline());
    }

    @Override
    Duration gap(ClusterTerms terms, Duration length) {
      return terms.outage(length, Duration.ZERO);
    }
  },

  /** The token of the node has expired. */
  TOKEN_EXPIRED(true) {
    @Override
    void happen(ClusterLab lab, String node) {
      ClusterNode one = lab.node(node);
      last(
          lab,
          node,
          lab.terms().pastDeadline(),
          () -> one.api().befall(Trouble.expiredToken()),
          lab::heal);
    }

    @Override
    Duration gap(ClusterTerms terms, Duration length) {
      return terms.expiry();
    }
  };

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final boolean ofApi;

  ClusterTrouble() {
    this(false);
  }

  ClusterTrouble(boolean ofApi) {
    this.ofApi = ofApi;
  }

  /** Whether only the API server is concerned, so that what needs no leadership stays. */
  boolean isOfApi() {
    return ofApi;
  }

  /** Does it to that node, or to the API server while that node leads. */
  abstract void happen(ClusterLab lab, String node);

  /**
   * How long there may be no route, but for the time that a change takes to get to the router.
   *
   * @param length how long it lasts
   */
  abstract Duration gap(ClusterTerms terms, Duration length);

  /** How long from the beginning a route may stand because the node cannot withdraw it. */
  Duration unheard(ClusterTerms terms) {
    return Duration.ZERO;
  }

  void befall(ClusterLab lab, String node, Trouble trouble, Duration length) {
    last(lab, node, length, () -> lab.toAll(one -> one.api().befall(trouble)), lab::heal);
  }

  void last(ClusterLab lab, String node, Duration length, Runnable begin, Runnable end) {
    long from = System.nanoTime();
    note(lab, node, from, Long.MAX_VALUE, length);
    begin.run();
    Deadline.pause(length);
    end.run();
    long until = System.nanoTime();
    note(lab, node, from, until, Duration.ofNanos(until - from));
  }

  void note(ClusterLab lab, String node, long from, long until, Duration length) {
    lab.note(
        new Fault(
            name(),
            node,
            from,
            until,
            unheard(lab.terms()),
            gap(lab.terms(), length).plus(SafetyLab.LATENCY)));
  }
}
