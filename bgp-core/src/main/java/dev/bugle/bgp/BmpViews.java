package dev.bugle.bgp;

import dev.bugle.bgp.bmp.BmpPeer;
import dev.bugle.bgp.rib.table.Dissemination;
import dev.bugle.bgp.rib.table.Parcel;
import dev.bugle.bgp.rib.table.PathSource;
import dev.bugle.bgp.rib.table.Recipient;
import dev.bugle.bgp.rib.table.TableReading;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.PackedUpdates;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * What the station is told of one session out of the routing tables: what was there before it came,
 * and what follows of that which is not heard on the session itself. On the thread of the tables.
 *
 * <p>What the station does not read is not written down: each view is read no faster than it reads.
 */
final class BmpViews implements TableFollower {

  private final RoutingTables tables;
  private final BmpLink link;
  private final BmpSession session;
  private final List<View> views = new ArrayList<>();

  /** By family, the session as it would be told without policies. */
  private final Map<AddressFamily, Recipient> unfiltered = new HashMap<>();

  /** The rest of a piece. */
  private final Queue<Bytes> unsent = new ArrayDeque<>();

  private int unsentFlags;
  private int next;
  private boolean waiting;
  private boolean over;

  /** One table of the session, in one family. */
  private record View(int flags, TableReading reading) {}

  /** One that tells nothing. */
  BmpViews(RoutingTables tables, BmpLink link, BmpSession session) {
    this.tables = tables;
    this.link = link;
    this.session = session;
  }

  /** What was received, as it is now. */
  void addReceived(AddressFamily family, PathSource source) {
    views.add(new View(0, dissemination(family).received(source, session.negotiated().codec())));
  }

  /** What was accepted, and what changes of that. */
  void addAccepted(AddressFamily family, PathSource source) {
    views.add(
        new View(
            BmpPeer.POST_POLICY,
            dissemination(family).accepted(source, session.negotiated().codec())));
  }

  /** What the peer knows from us, as it is now. */
  void addKnown(TableReading known) {
    views.add(new View(BmpPeer.ADJ_RIB_OUT | BmpPeer.POST_POLICY, known));
  }

  /** What the peer would be told on these terms, which have no policy, and what follows. */
  void addUnfiltered(SessionTerms terms, PathSource source) {
    terms
        .families()
        .forEach(
            (family, one) ->
                tables
                    .selection()
                    .whenBegun(
                        family,
                        () -> {
                          if (!over) {
                            Recipient recipient = dissemination(family).join(one, source);
                            unfiltered.put(family, recipient);
                            views.add(new View(BmpPeer.ADJ_RIB_OUT, recipient));
                          }
                        }));
  }

  private Dissemination dissemination(AddressFamily family) {
    return tables.of(family).dissemination();
  }

  /** The peer would be told on these terms from now on. */
  void refit(SessionTerms terms) {
    terms
        .families()
        .forEach(
            (family, one) -> {
              Recipient recipient = unfiltered.get(family);
              if (recipient != null && !over) {
                recipient.refit(one);
              }
            });
  }

  @Override
  public boolean step() {
    if (over) {
      return false;
    }
    if (link.isClosed()) {
      end();
      return false;
    }
    if (waiting) {
      return false;
    }
    if (unsent.isEmpty()) {
      read();
    }
    while (!unsent.isEmpty() && link.hasRoom()) {
      link.send(session.monitoring(unsentFlags, unsent.remove()));
    }
    if (!link.hasRoom()) {
      waiting = true;
      link.paced().execute(() -> tables.execute(() -> waiting = false));
      return false;
    }
    return views.stream().anyMatch(view -> view.reading().hasNext());
  }

  /** Sends the rest of a piece, whatever waits: it says what was before that which comes now. */
  void finishPiece() {
    while (!unsent.isEmpty()) {
      link.send(session.monitoring(unsentFlags, unsent.remove()));
    }
  }

  /** Takes a piece of one view, in turn. */
  private void read() {
    for (int i = 0; i < views.size(); i++) {
      View view = views.get((next + i) % views.size());
      if (view.reading().hasNext()) {
        next = (next + i + 1) % views.size();
        unsentFlags = view.flags();
        take(view.reading().next());
        return;
      }
    }
  }

  private void take(Parcel parcel) {
    for (PackedUpdates updates : parcel.updates()) {
      updates.forEach(update -> unsent.add(Bytes.readAll(update)));
      updates.release();
    }
    parcel.after().forEach(this::take);
  }

  private void take(Message mark) {
    ByteBuf octets = Unpooled.buffer();
    MessageCodec.encode(mark, octets, session.negotiated().codec());
    unsent.add(Bytes.readAll(octets));
  }

  @Override
  public void end() {
    if (!over) {
      over = true;
      tables.leave(this);
      views.forEach(view -> view.reading().leave());
      views.clear();
      unsent.clear();
    }
  }

  @Override
  public String toString() {
    return "the BMP station of " + session.peer().address();
  }
}
