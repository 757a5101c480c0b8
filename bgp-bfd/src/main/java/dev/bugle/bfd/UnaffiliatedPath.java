package dev.bugle.bfd;

import dev.bugle.bfd.linux.Kernel;
import dev.bugle.bfd.linux.NativeMemory;
import dev.bugle.bfd.wire.State;

/** The path of a session with ourselves, by way of a neighbour without BFD (RFC 9747). */
final class UnaffiliatedPath implements Path {

  private static final int ENETUNREACH = 101;
  private static final int FLAGS = 1;
  private static final int STATE_SHIFT = 6;

  private final Kernel kernel;
  private final EchoLink link;
  private final PathKey key;

  UnaffiliatedPath(Kernel kernel, BfdSessionConfig config, EchoLink link) {
    this.kernel = kernel;
    this.link = link;
    this.key = PathKey.of(config, kernel.interfaceIndex(config.interfaceName().orElseThrow()));
  }

  @Override
  public PathKey key() {
    return key;
  }

  @Override
  public int sourcePort() {
    return EchoPacket.PORT;
  }

  @Override
  public int minimumTtl() {
    return 0; // the link has seen to it
  }

  @Override
  public NativeMemory memory(int length) {
    return kernel.memory(length);
  }

  @Override
  public int send(NativeMemory frame, int length) {
    boolean isUp = (frame.bytes().get(FLAGS) & 0xFF) >>> STATE_SHIFT == State.UP.code();
    if (!isUp && !link.resolve()) { // while not UP the neighbour may be another one than before
      return ENETUNREACH;
    }
    return link.send(frame, length);
  }

  @Override
  public String meaning(int errno) {
    return kernel.meaning(errno) + ", or the neighbour does not answer";
  }

  @Override
  public void close() {
    link.close();
  }
}
