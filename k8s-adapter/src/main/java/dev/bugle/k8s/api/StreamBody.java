package dev.bugle.k8s.api;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, handed from the HTTP client's threads to one that reads. The client is
 * asked for more only when all that came has been read, so little of it is held at a time.
 */
final class StreamBody extends InputStream implements AsyncBody.Consumer<List<ByteBuffer>> {

  /** What has come; nothing at the end, which has a reason unless all is well. */
  private record Part(List<ByteBuffer> buffers, Optional<Throwable> failure, boolean isEnd) {}

  private final String server;
  private final long deadline;
  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();

  // Of the reading thread.
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private @Nullable AsyncBody source;
  private boolean ended;
  private long allowed = Long.MAX_VALUE;

  /** Waits for nothing beyond that reading of {@link System#nanoTime}. */
  StreamBody(String server, long deadline) {
    this.server = server;
    this.deadline = deadline;
  }

  @Override
  public void consume(List<ByteBuffer> more, AsyncBody body) {
    parts.add(new Part(more, Optional.empty(), false));
  }

  void begin(AsyncBody body) {
    source = body;
    body.done()
        .whenComplete(
            (nothing, failure) ->
                parts.add(new Part(List.of(), Optional.ofNullable(failure), true)));
    body.consume();
  }

  void allow(int octets) {
    allowed = octets;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (buffers.isEmpty()) {
      if (ended) {
        return -1;
      }
      next();
    }
    ByteBuffer buffer = buffers.getFirst();
    int count = Math.min(length, buffer.remaining());
    if (count > allowed) {
      throw new IOException(server + " sends an object that is too long");
    }
    allowed -= count;
    buffer.get(into, offset, count);
    if (!buffer.hasRemaining()) {
      buffers.removeFirst();
      if (buffers.isEmpty() && source != null) {
        source.consume();
      }
    }
    return count;
  }

  private void next() throws IOException {
    Part part;
    try {
      part = parts.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("closed while it read from " + server);
    }
    if (part == null) {
      throw new IOException(server + " did not end its answer in time");
    }
    if (part.failure().isPresent()) {
      throw new IOException(FailureText.of(server, part.failure().get()));
    }
    part.buffers().stream().filter(ByteBuffer::hasRemaining).forEach(buffers::add);
    ended = part.isEnd();
    if (!ended && buffers.isEmpty() && source != null) {
      source.consume();
    }
  }
}
