package dev.bugle.bgp.recording;

import dev.bugle.bgp.session.Action;
import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.session.SessionConfig;
import dev.bugle.bgp.wire.Bytes;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happens to one session to a file, from which {@link SessionRecording} can let it
 * happen again. Given to the speaker together with the peer.
 *
 * <p>The file holds the messages that came and those that the machine sent, and no secrets. It
 * stays below a limit: then the recording ends and says so, for its beginning is what a replay
 * needs. A thread of its own writes; what waits for it is bounded too, and when the disk is too
 * slow for that, events are lost and the file says how many.
 */
public final class SessionRecorder implements EventLog, AutoCloseable {

  /** The size of a file that is not told another: 64 MiB. */
  public static final long DEFAULT_LIMIT = 64L << 20;

  private static final Logger log = LoggerFactory.getLogger(SessionRecorder.class);

  private static final int MAX_WAITING = 8192;

  /** On the wire; read, they take many times as much. */
  private static final long MAX_WAITING_OCTETS = 1L << 20;

  private static final long CLOSE_SECONDS = 2;

  private final Path file;
  private final Writer out;
  private final RecordingWriter text;
  private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicLong waitingOctets = new AtomicLong();
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Thread thread;
  private volatile boolean stopped;

  // On the session's event loop only.
  private final Map<Initiator, Bytes> received = new EnumMap<>(Initiator.class);

  private final AtomicLong lost = new AtomicLong();

  /** Of these, those that the file does not tell of yet. */
  private final AtomicLong untold = new AtomicLong();

  private volatile long beginning;

  /** Something to write. */
  private interface Entry {
    void writeTo(RecordingWriter text) throws IOException;

    default int octets() {
      return 0;
    }
  }

  private record Handled(
      long nanos, Event event, Optional<Bytes> message, List<Action> actions, long lostBefore)
      implements Entry {

    @Override
    public void writeTo(RecordingWriter text) throws IOException {
      text.lost(lostBefore);
      text.handled(nanos, event, message, actions);
    }

    @Override
    public int octets() {
      return message.map(Bytes::length).orElse(0);
    }
  }

  private SessionRecorder(Path file, Writer out, long limit) {
    this.file = file;
    this.out = out;
    this.text = new RecordingWriter(out, limit);
    this.thread = new Thread(this::write, "bgp-recorder-" + file.getFileName());
    thread.setDaemon(true);
  }

  /**
   * Begins a file of at most {@link #DEFAULT_LIMIT}.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is such a file; none is overwritten
   * @throws IOException when it cannot be made
   */
  public static SessionRecorder open(Path file) throws IOException {
    return open(file, DEFAULT_LIMIT);
  }

  /**
   * Begins a file.
   *
   * @param limit in octets, at least 4096
   * @throws java.nio.file.FileAlreadyExistsException when there is such a file; none is overwritten
   * @throws IOException when it cannot be made
   */
  public static SessionRecorder open(Path file, long limit) throws IOException {
    if (limit < 4096) {
      throw new IllegalArgumentException("a limit of " + limit + " octets is less than 4096");
    }
    return to(Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW), file, limit);
  }

  static SessionRecorder to(Writer out, Path file, long limit) {
    SessionRecorder recorder = new SessionRecorder(file, out, limit);
    recorder.thread.start();
    return recorder;
  }

  /** How many events are not in the file because it was written too slowly. */
  public long lost() {
    return lost.get();
  }

  @Override
  public void begins(String peer, SessionConfig config) {
    if (begun.getAndSet(true)) {
      throw new IllegalStateException(
          "the recording " + file + " has a session already; each peer needs one of its own");
    }
    beginning = System.nanoTime();
    waiting.add(text -> text.begin(peer, config));
  }

  @Override
  public void octets(Initiator initiator, Bytes message) {
    received.put(initiator, message);
  }

  @Override
  public void handled(Event event, List<Action> actions) {
    Optional<Bytes> message =
        event instanceof Event.MessageReceived arrived
            ? Optional.ofNullable(received.remove(arrived.initiator()))
            : Optional.empty();
    if (stopped) {
      return;
    }
    Handled entry =
        new Handled(System.nanoTime() - beginning, event, message, actions, untold.get());
    if (waitingOctets.get() + entry.octets() <= MAX_WAITING_OCTETS && waiting.offer(entry)) {
      waitingOctets.addAndGet(entry.octets());
      untold.addAndGet(-entry.lostBefore());
    } else {
      untold.incrementAndGet();
      lost.incrementAndGet();
    }
  }

  private void write() {
    try (out) {
      while (!text.ended()) {
        Entry next = waiting.poll();
        if (next == null) {
          out.flush();
          next = waiting.take();
        }
        next.writeTo(text);
        waitingOctets.addAndGet(-next.octets());
      }
      if (!closing.get()) {
        log.warn("the recording {} has reached its limit and ends", file);
      }
    } catch (IOException | RuntimeException failure) {
      log.warn("the recording {} ends, it cannot be written: {}", file, failure.toString());
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    } finally {
      stopped = true;
      waiting.clear();
    }
  }

  private void end(RecordingWriter last) throws IOException {
    last.lost(untold.getAndSet(0));
    last.end();
  }

  /**
   * Ends the recording: writes what waits, for two seconds at most, and closes the file. To be
   * called when the peer is closed, or earlier. Another call changes nothing.
   */
  @Override
  public void close() {
    if (closing.getAndSet(true)) {
      return;
    }
    try {
      if (!stopped) {
        waiting.offer(this::end, CLOSE_SECONDS, TimeUnit.SECONDS);
      }
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
      if (thread.isAlive()) {
        thread.interrupt();
      }
    } catch (InterruptedException asked) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "recording " + file;
  }
}
