package dev.bugle.advertiser.plugin;

import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.leadership.Leadership.State;
import dev.bugle.advertiser.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Leads while it listens: the kernel lets one process have the port, as long as it lives. */
final class PortElector implements Elector {

  private final int port;
  private final Ticker ticker;
  private final ScheduledExecutorService thread;
  private volatile Runnable changed = () -> {};
  private volatile Leadership leadership;
  private @Nullable ServerSocket socket;
  private boolean candidate;

  PortElector(String name, int port, Ticker ticker) {
    this.port = port;
    this.ticker = ticker;
    this.leadership = Leadership.waiting(ticker.nanos(), "not started");
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "port-" + name);
              made.setDaemon(true);
              return made;
            });
  }

  @Override
  public synchronized void stand(boolean whether) {
    candidate = whether;
  }

  @Override
  public void start(Runnable whenChanged) {
    changed = whenChanged;
    ScheduledFuture<?> ignored =
        thread.scheduleWithFixedDelay(this::compete, 0, 50, TimeUnit.MILLISECONDS);
  }

  private void compete() {
    if (tryPort()) {
      changed.run();
    }
  }

  private synchronized boolean tryPort() {
    Leadership before = leadership;
    if (before.state() == State.WAITING) {
      leadership = candidate ? listen(before) : Leadership.waiting(before.since(), "no candidate");
    }
    return !before.equals(leadership);
  }

  private Leadership listen(Leadership before) {
    try {
      socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      return Leadership.held(Long.MAX_VALUE, ticker.nanos(), "has port " + port);
    } catch (IOException e) {
      return Leadership.waiting(before.since(), "port " + port + " is taken");
    }
  }

  @Override
  public Leadership leadership() {
    return leadership;
  }

  @Override
  public synchronized void release() {
    leadership = Leadership.waiting(ticker.nanos(), "released");
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is closed all the same.
      }
      socket = null;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    stand(false);
    release();
  }
}
