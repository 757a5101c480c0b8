package dev.bugle.bgp;

import dev.bugle.bgp.bmp.BmpCodec;
import dev.bugle.bgp.bmp.BmpMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a station, while it stands. Thread-safe; what one thread sends arrives in its
 * order. What the station does not read waits here up to a bound, and beyond it the connection
 * ends.
 */
final class BmpLink {

  private static final Logger log = LoggerFactory.getLogger(BmpLink.class);

  /** No more than this waits because of what can wait elsewhere. */
  private static final long ENOUGH = 1 << 16;

  private final Channel channel;
  private final long longestBacklog;
  private final long enough;
  private final AtomicLong unsent = new AtomicLong();
  private final AtomicBoolean flushing = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile boolean overflown;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  BmpLink(Channel channel, long longestBacklog) {
    this.channel = channel;
    this.longestBacklog = longestBacklog;
    this.enough = Math.min(ENOUGH, longestBacklog / 4);
  }

  /** Sends a message, unless the connection is over. */
  void send(BmpMessage message) {
    if (closing.get()) {
      return;
    }
    ByteBuf octets = channel.alloc().ioBuffer(128);
    BmpCodec.encode(message, octets);
    int length = octets.readableBytes();
    if (unsent.addAndGet(length) > longestBacklog) {
      octets.release();
      unsent.addAndGet(-length);
      overflown();
      return;
    }
    channel.write(octets).addListener(written -> sent(length));
    if (flushing.compareAndSet(false, true)) {
      onLoop(
          () -> {
            flushing.set(false);
            onLoop(channel::flush); // behind what was written while this task was waiting
          });
    }
  }

  private void overflown() {
    if (closing.compareAndSet(false, true)) {
      overflown = true;
      log.warn(
          "BMP station {}: it does not read, more than {} octets wait for it; the connection is"
              + " dropped, and the next one begins with the whole state",
          channel.remoteAddress(),
          longestBacklog);
      channel.close();
    }
  }

  private void sent(int length) {
    if (unsent.addAndGet(-length) <= enough) {
      for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
        onLoop(next);
      }
    }
  }

  /** Whether so little waits that what could wait elsewhere should be sent. */
  boolean hasRoom() {
    return unsent.get() <= enough;
  }

  /**
   * Runs tasks on the event loop of the connection, once it has sent what waits: for what can wait
   * elsewhere and be replaced there. After the end they are run, and send nothing.
   */
  Executor paced() {
    return task -> {
      if (hasRoom() || closing.get()) {
        onLoop(task);
      } else {
        waiting.add(task);
        if (hasRoom()) { // it was sent in the meantime
          sent(0);
        }
      }
    };
  }

  private void onLoop(Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException ended) {
      log.debug("BMP station {}: the speaker is closed", channel.remoteAddress());
    }
  }

  /** Sends the last message, and closes behind it. */
  void end(BmpMessage last) {
    send(last);
    closing.set(true);
    onLoop(
        () -> channel.writeAndFlush(channel.alloc().ioBuffer(0)).addListener(d -> channel.close()));
  }

  /** The connection is over. */
  void closed() {
    closing.set(true);
    waiting.clear();
  }

  /** Whether it ended because the station did not read. */
  boolean isOverflown() {
    return overflown;
  }

  boolean isClosed() {
    return closing.get();
  }
}
