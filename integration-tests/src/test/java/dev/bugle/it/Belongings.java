package dev.bugle.it;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What this process has made outside itself: namespaces, links, containers, networks, directories
 * and processes.
 *
 * <p>All of it carries {@link #PREFIX}. What is still open when the JVM ends, by Ctrl-C say, is
 * closed by a shutdown hook.
 */
final class Belongings {

  /** Begins each name; holds this process's id, so that two runs on one host do not meet. */
  static final String PREFIX = "bgl" + Long.toString(ProcessHandle.current().pid(), 36) + "-";

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Belongings::closeAll, "leave nothing behind"));
  }

  private Belongings() {}

  /** A name that nothing else on this host has, short enough for a network interface. */
  static String newName() {
    return PREFIX + NUMBER.incrementAndGet();
  }

  static <T extends AutoCloseable> T keep(T resource) {
    synchronized (OPEN) {
      OPEN.push(resource);
    }
    return resource;
  }

  static void forget(AutoCloseable resource) {
    synchronized (OPEN) {
      OPEN.remove(resource);
    }
  }

  private static void closeAll() {
    Deque<AutoCloseable> open;
    synchronized (OPEN) {
      open = new ArrayDeque<>(OPEN);
      OPEN.clear();
    }
    for (AutoCloseable resource : open) {
      try {
        resource.close();
      } catch (Exception e) {
        System.err.println("cannot clean up " + resource + ": " + e);
      }
    }
  }
}
