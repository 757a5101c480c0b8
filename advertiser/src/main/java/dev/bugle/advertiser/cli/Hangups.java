package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.Advertiser;
import dev.bugle.advertiser.Reloading;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads when SIGHUP comes. Signals are taken from the beginning, since one that nobody takes ends
 * the process; those that come before the start, or while another is served, are served as one
 * after it.
 *
 * <p>Java has no API for signals but {@code sun.misc.Signal} of the module jdk.unsupported, which
 * is called by reflection: the compiler warns of every other use, and a system without it, or
 * without the signal, is served as well, though by the admin server alone.
 */
final class Hangups {

  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  /** At most one: what it asks for includes what came before. */
  private final Semaphore asked = new Semaphore(0);

  private Hangups() {}

  /** From now on SIGHUP does not end the process. */
  static Hangups take() {
    Hangups hangups = new Hangups();
    try {
      hangups.handle();
    } catch (InvocationTargetException e) {
      // With -Xrs the JVM leaves the signal to others; Windows has none.
      log.warn("SIGHUP does not reload here: {}", String.valueOf(e.getCause()));
    } catch (ReflectiveOperationException e) {
      log.warn("SIGHUP does not reload here: this Java has no signals: {}", e.toString());
    }
    return hangups;
  }

  private void handle() throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object proxy =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "handle" -> {
                    asked.release();
                    yield null;
                  }
                  case "equals" -> self == arguments[0];
                  case "hashCode" -> System.identityHashCode(self);
                  default -> "reloads";
                });
    Object hangup = signal.getConstructor(String.class).newInstance("HUP");
    Object unused = signal.getMethod("handle", signal, handler).invoke(null, hangup, proxy);
  }

  /** From now on serves them, on a thread of its own. */
  void start(Reloading reloading) {
    Thread thread = new Thread(() -> serve(reloading), "bugle-reload");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Reloading reloading) {
    try {
      while (true) {
        asked.acquire();
        asked.drainPermits();
        reloading.run("SIGHUP");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
