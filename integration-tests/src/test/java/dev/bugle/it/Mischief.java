package dev.bugle.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/**
 * What can be done to a node of a {@link SafetyLab}, and how long the VIP may be unannounced when
 * it is done to the one that leads. docs/safety.md derives the numbers. When the method returns it
 * is over, though not yet recovered from.
 */
enum Mischief {
  /** SIGKILL, and a new start after a while. */
  KILLED {
    @Override
    void happen(SafetyLab lab, String node, Duration length) {
      long from = System.nanoTime();
      lab.node(node).signal("KILL");
      lab.node(node).awaitEnd();
      long until = System.nanoTime();
      lab.endsAtTheLatest(node, until);
      note(lab, node, from, until, length);
      Deadline.pause(length);
      lab.start(node);
    }

    @Override
    Duration gap(SafetyLab.Setting setting, Duration length) {
      return takeover(setting);
    }
  },

  /** SIGTERM, and a new start after a while. */
  TERMINATED {
    @Override
    void happen(SafetyLab lab, String node, Duration length) {
      long from = System.nanoTime();
      lab.node(node).signal("TERM");
      lab.node(node).awaitEnd();
      note(lab, node, from, System.nanoTime(), length);
      Deadline.pause(length);
      lab.start(node);
    }

    @Override
    Duration gap(SafetyLab.Setting setting, Duration length) {
      return setting.elector().poll();
    }
  },

  /** SIGSTOP for a while. */
  STOPPED {
    @Override
    void happen(SafetyLab lab, String node, Duration length) {
      last(
          lab,
          node,
          length,
          () -> lab.node(node).signal("STOP"),
          () -> lab.node(node).signal("CONT"));
    }

    @Override
    Duration unheard(SafetyLab.Setting setting) {
      return setting.silence();
    }

    @Override
    Duration gap(SafetyLab.Setting setting, Duration length) {
      // Back before its lease is over, but without its session, it waits for a peer before it
      // yields.
      Duration back = SafetyLab.PATIENCE.plus(setting.elector().poll());
      return switch (setting.elector()) {
        case FILE_LOCK -> length.plus(back);
        case LEASE -> takeover(setting).plus(back);
      };
    }
  },

  /** Its thread that deals with the elector stands still for a while. */
  ELECTOR_THREAD_HANGS {
    @Override
    void happen(SafetyLab lab, String node, Duration length) {
      long from = System.nanoTime();
      note(lab, node, from, Long.MAX_VALUE, length);
      try (FrozenThread frozen =
          FrozenThread.of(lab.node(node).pid(), lab.setting().elector().thread())) {
        if (length.compareTo(lab.setting().lease()) > 0) {
          lab.endsAtTheLatest(node, System.nanoTime() + lab.setting().lease().toNanos());
        }
        Deadline.pause(length);
      }
      noteOver(lab, node, from);
    }

    @Override
    Duration gap(SafetyLab.Setting setting, Duration length) {
      return switch (setting.elector()) {
        case FILE_LOCK -> length.plus(setting.elector().poll());
        case LEASE -> expiry(setting);
      };
    }
  },

  /** Its thread that decides and withdraws stands still for a while. */
  RECONCILER_HANGS {
    @Override
    void happen(SafetyLab lab, String node, Duration length) {
      hang(lab, node, length, List.of("bugle-reconciler"));
    }

    @Override
    Duration gap(SafetyLab.Setting setting, Duration length) {
      return takeover(setting);
    }
  },

  /** That thread and the one that deals with the elector stand still; the sessions live on. */
  BOTH_THREADS_HANG {
    @Override
    void happen(SafetyLab lab, String node, Duration length) {
      // Without anybody who ends it, longer than everything that could excuse its route.
      Duration limit = length.multipliedBy(3);
      hang(lab, node, limit, List.of("bugle-reconciler", lab.setting().elector().thread()));
    }

    @Override
    Duration unheard(SafetyLab.Setting setting) {
      // The watch begins to count when a pass is due, at the end of the lease.
      return setting.lease().plus(STUCK);
    }

    @Override
    Duration gap(SafetyLab.Setting setting, Duration length) {
      return takeover(setting);
    }
  },

  /** Its elector cannot be reached for a while; a lock file is removed. */
  ELECTOR_UNREACHABLE {
    @Override
    void happen(SafetyLab lab, String node, Duration length) {
      if (lab.setting().elector() == SafetyElector.FILE_LOCK) {
        long from = System.nanoTime();
        remove(lab);
        lab.endsAtTheLatest(lab.holder(), from + 2 * lab.setting().elector().poll().toNanos());
        note(lab, node, from, System.nanoTime(), length);
      } else {
        last(lab, node, length, () -> lab.leases().ignore(node), lab.leases()::heal);
      }
    }

    @Override
    Duration gap(SafetyLab.Setting setting, Duration length) {
      return switch (setting.elector()) {
        // The former holder notices, and whoever makes the file waits for a lease.
        case FILE_LOCK -> setting.lease().plus(setting.elector().poll().multipliedBy(2));
        case LEASE -> expiry(setting);
      };
    }
  },

  /** The elector cannot be reached by anybody for a while. */
  ELECTOR_UNREACHABLE_FOR_ALL {
    @Override
    void happen(SafetyLab lab, String node, Duration length) {
      last(
          lab,
          node,
          length,
          () -> {
            lab.leases().ignore("A");
            lab.leases().ignore("B");
          },
          lab.leases()::heal);
    }

    @Override
    boolean isFor(SafetyElector elector) {
      return elector == SafetyElector.LEASE;
    }

    @Override
    Duration gap(SafetyLab.Setting setting, Duration length) {
      // Nobody may lead meanwhile.
      return length.plus(setting.elector().poll()).plus(SafetyElector.TIMEOUT);
    }
  },

  /** The elector answers everybody late, but in time. */
  ELECTOR_SLOW {
    @Override
    void happen(SafetyLab lab, String node, Duration length) {
      last(
          lab,
          node,
          length,
          () -> {
            lab.leases().delay("A", SafetyElector.TIMEOUT.multipliedBy(3).dividedBy(4));
            lab.leases().delay("B", SafetyElector.TIMEOUT.multipliedBy(3).dividedBy(4));
          },
          lab.leases()::heal);
    }

    @Override
    boolean isFor(SafetyElector elector) {
      return elector == SafetyElector.LEASE;
    }

    @Override
    Duration gap(SafetyLab.Setting setting, Duration length) {
      return Duration.ZERO;
    }
  },

  /** The elector answers that node too late, though it does what was asked. */
  ELECTOR_TOO_SLOW {
    @Override
    void happen(SafetyLab lab, String node, Duration length) {
      last(
          lab,
          node,
          length,
          () -> lab.leases().delay(node, SafetyElector.TIMEOUT.multipliedBy(3).dividedBy(2)),
          lab.leases()::heal);
    }

    @Override
    boolean isFor(SafetyElector elector) {
      return elector == SafetyElector.LEASE;
    }

    @Override
    Duration gap(SafetyLab.Setting setting, Duration length) {
      // What it asked for last may be done although it gives up, so others count from later.
      return expiry(setting).plus(SafetyElector.TIMEOUT).plus(setting.elector().poll());
    }
  },

  /** Packets between the node and the router vanish for a while. */
  ROUTER_UNREACHABLE {
    @Override
    void happen(SafetyLab lab, String node, Duration length) {
      last(lab, node, length, () -> lab.node(node).cutWire(), () -> lab.node(node).mendWire());
    }

    @Override
    Duration unheard(SafetyLab.Setting setting) {
      return setting.silence();
    }

    @Override
    Duration gap(SafetyLab.Setting setting, Duration length) {
      // The router may have heard the node last a third of the time before the node the router.
      return setting.silence().dividedBy(3).plus(SafetyLab.PATIENCE).plus(setting.elector().poll());
    }
  };

  /** After what time a thread that decides nothing is taken for stuck. */
  private static final Duration STUCK = Duration.ofMillis(2200);

  /** Does it to that node, for that long where it lasts. */
  abstract void happen(SafetyLab lab, String node, Duration length);

  /** How long there may be no route, but for the time that a change takes to get to the router. */
  abstract Duration gap(SafetyLab.Setting setting, Duration length);

  /** How long from the beginning a route may stand because the node cannot withdraw it. */
  Duration unheard(SafetyLab.Setting setting) {
    return Duration.ZERO;
  }

  /** Whether there is such a thing with that elector. */
  boolean isFor(SafetyElector elector) {
    return true;
  }

  /** From the death of the leader to the election of the other one. */
  private static Duration takeover(SafetyLab.Setting setting) {
    SafetyElector elector = setting.elector();
    return switch (elector) {
      case FILE_LOCK -> elector.poll();
      case LEASE -> setting.lease().plus(elector.poll().multipliedBy(2));
    };
  }

  /** From the withdrawal of a leader that cannot renew its lease to the election of the other. */
  private static Duration expiry(SafetyLab.Setting setting) {
    return SafetyElector.MARGIN.plus(setting.elector().poll().multipliedBy(2));
  }

  void last(SafetyLab lab, String node, Duration length, Runnable begin, Runnable end) {
    long from = System.nanoTime();
    note(lab, node, from, Long.MAX_VALUE, length);
    begin.run();
    boolean loses = this == STOPPED && length.compareTo(lab.setting().lease()) > 0;
    if (loses) {
      lab.endsAtTheLatest(node, System.nanoTime() + lab.setting().lease().toNanos());
    }
    Deadline.pause(length);
    end.run();
    noteOver(lab, node, from);
  }

  /** It has lasted until now, which a busy host makes longer than was asked for. */
  void noteOver(SafetyLab lab, String node, long from) {
    long until = System.nanoTime();
    note(lab, node, from, until, Duration.ofNanos(until - from));
  }

  void note(SafetyLab lab, String node, long from, long until, Duration length) {
    lab.note(
        new Fault(
            name(),
            node,
            from,
            until,
            unheard(lab.setting()),
            gap(lab.setting(), length).plus(SafetyLab.LATENCY)));
  }

  private static void remove(SafetyLab lab) {
    try {
      Files.delete(lab.lockFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the lock file", e);
    }
  }

  /** Holds threads still for a while, unless the program ends itself before; then it is started. */
  void hang(SafetyLab lab, String node, Duration length, List<String> threads) {
    long from = System.nanoTime();
    note(lab, node, from, Long.MAX_VALUE, length);
    List<FrozenThread> frozen =
        threads.stream().map(name -> FrozenThread.of(lab.node(node).pid(), name)).toList();
    boolean ends = awaitEnding(lab.node(node), from + length.toNanos());
    frozen.forEach(FrozenThread::close);
    note(lab, node, from, System.nanoTime(), length);
    // It may have been about to end when it could go on.
    ends = ends || awaitEnding(lab.node(node), System.nanoTime() + 500_000_000);
    if (ends) {
      lab.endsAtTheLatest(node, System.nanoTime());
      lab.node(node).awaitEnd();
      lab.start(node);
    }
  }

  private static boolean awaitEnding(SafetyNode node, long limit) {
    while (!node.isEnding()) {
      if (System.nanoTime() > limit) {
        return false;
      }
      Deadline.pause(Duration.ofMillis(10));
    }
    return true;
  }
}
