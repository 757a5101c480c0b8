package dev.bugle.bgp.linux;

/** What a {@link Wakeup} can wait for. */
public interface Descriptor {

  /** The file descriptor. */
  int descriptor();
}
