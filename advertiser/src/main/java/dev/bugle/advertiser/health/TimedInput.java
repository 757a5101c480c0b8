package dev.bugle.advertiser.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** What a socket receives, each wait for it no longer than the time that the attempt has left. */
final class TimedInput extends InputStream {

  private final InputStream in;
  private final Socket waiting;
  private final Attempt attempt;

  /** Reads the first socket, whose bytes come through the second, which waits for them. */
  TimedInput(Socket socket, Socket waiting, Attempt attempt) throws IOException {
    this.in = socket.getInputStream();
    this.waiting = waiting;
    this.attempt = attempt;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    waiting.setSoTimeout(attempt.remainingMillis());
    return in.read(to, offset, length);
  }
}
