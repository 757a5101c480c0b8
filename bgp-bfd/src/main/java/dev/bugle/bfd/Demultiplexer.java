package dev.bugle.bfd;

import dev.bugle.bfd.linux.Datagrams;
import dev.bugle.bfd.wire.ControlPacketCodec;
import dev.bugle.bfd.wire.DropReason;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives each received packet to its session (RFC 5880 §6.8.6): by Your Discriminator, or by
 * addresses and interface while that is zero. Packets that no session accepts are counted.
 */
final class Demultiplexer {

  private static final int YOUR_DISCRIMINATOR = 8;

  private record Entry(int discriminator, SessionDriver driver) {}

  private final Counters counters;
  private final Map<PathKey, SessionDriver> byPath = new HashMap<>();
  private final PathKey arrived = new PathKey();
  private @Nullable Entry[] byPlace = new Entry[16];

  Demultiplexer(Counters counters) {
    this.counters = counters;
  }

  void add(int discriminator, SessionDriver driver) {
    int place = Discriminators.placeOf(discriminator);
    if (place >= byPlace.length) {
      byPlace = Arrays.copyOf(byPlace, Math.max(place + 1, 2 * byPlace.length));
    }
    byPlace[place] = new Entry(discriminator, driver);
    byPath.put(driver.path().key(), driver);
  }

  void remove(int discriminator, SessionDriver driver) {
    byPlace[Discriminators.placeOf(discriminator)] = null;
    byPath.remove(driver.path().key(), driver);
  }

  /** How many sessions there are. */
  int size() {
    return byPath.size();
  }

  /** A datagram, the selected one of its batch. */
  void received(Port port, ByteBuf datagram, Datagrams batch) {
    DropReason fault = ControlPacketCodec.faultOf(datagram);
    if (fault != null) {
      counters.dropped(fault);
      return;
    }
    int discriminator = datagram.getInt(datagram.readerIndex() + YOUR_DISCRIMINATOR);
    SessionDriver driver = discriminator == 0 ? find(port, batch) : find(discriminator);
    if (driver == null) {
      counters.dropped(DropReason.NO_SESSION);
    } else if (!driver.path().key().admits(port, batch)) {
      driver.dropped(DropReason.WRONG_SOURCE);
    } else if (batch.ttl() < driver.path().minimumTtl()) {
      driver.dropped(DropReason.LOW_TTL);
    } else {
      driver.received(datagram);
    }
  }

  private @Nullable SessionDriver find(int discriminator) {
    int place = Discriminators.placeOf(discriminator);
    Entry entry = place < byPlace.length ? byPlace[place] : null;
    return entry != null && entry.discriminator() == discriminator ? entry.driver() : null;
  }

  /** The session whose path is known most exactly. */
  private @Nullable SessionDriver find(Port port, Datagrams batch) {
    SessionDriver found = byPath.get(arrived.fill(port, batch));
    if (found == null) {
      found = byPath.get(arrived.onAnyInterface());
    }
    if (found == null) {
      found = byPath.get(arrived.toAnyLocal());
    }
    if (found == null) {
      found = byPath.get(arrived.fill(port, batch).toAnyLocal());
    }
    return found;
  }
}
