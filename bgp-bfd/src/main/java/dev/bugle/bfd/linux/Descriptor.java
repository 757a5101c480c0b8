package dev.bugle.bfd.linux;

/** What a {@link Poller} can wait for. */
public interface Descriptor {

  /** The file descriptor. */
  int descriptor();
}
