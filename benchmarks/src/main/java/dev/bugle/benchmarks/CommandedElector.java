package dev.bugle.benchmarks;

import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.time.Ticker;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Wins and loses when it is told to over a Unix socket, an octet for each, and answers an octet
 * when it has been released: the least that an elector in a process of its own can do, so that what
 * is measured is the advertiser.
 */
final class CommandedElector implements Elector {

  /** It wins. */
  static final byte WIN = '+';

  /** It loses. */
  static final byte LOSE = '-';

  /** What it lost is released. */
  static final byte RELEASED = '.';

  private final Path path;
  private final Ticker ticker;
  private final SocketChannel socket;
  private final Thread reader = new Thread(this::read, "commanded-elector");
  private volatile Leadership leadership;
  private volatile Runnable changed = () -> {};

  CommandedElector(Path path, Ticker ticker) {
    this.path = path;
    this.ticker = ticker;
    this.leadership = Leadership.waiting(ticker.nanos(), "not won yet");
    try {
      this.socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    } catch (IOException e) {
      throw new IllegalStateException("there are no Unix sockets here", e);
    }
    reader.setDaemon(true);
  }

  @Override
  public void stand(boolean candidate) {}

  @Override
  public void start(Runnable whenChanged) {
    changed = whenChanged;
    try {
      socket.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      throw new IllegalStateException("nobody commands at " + path, e);
    }
    reader.start();
  }

  private void read() {
    ByteBuffer octet = ByteBuffer.allocateDirect(1);
    try {
      while (socket.read(octet.clear()) == 1) {
        leadership =
            octet.get(0) == WIN
                ? Leadership.held(Long.MAX_VALUE, ticker.nanos(), "won on command")
                : Leadership.lost(ticker.nanos(), "lost on command");
        changed.run();
      }
    } catch (IOException closed) { // The end of either side.
    }
  }

  @Override
  public Leadership leadership() {
    return leadership;
  }

  @Override
  public void release() {
    leadership = Leadership.waiting(ticker.nanos(), "released");
    try {
      socket.write(ByteBuffer.wrap(new byte[] {RELEASED}));
    } catch (IOException closed) { // Nobody waits for it any more.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) { // It is closed all the same.
    }
  }
}
