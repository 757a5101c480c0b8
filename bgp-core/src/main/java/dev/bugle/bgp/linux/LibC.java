package dev.bugle.bgp.linux;

import jnr.ffi.Pointer;

/**
 * The functions of the C library, by their names there; jnr-ffi makes the implementation, which is
 * why it is public. They return -1 on failure, and the reason is errno of the calling thread.
 */
public interface LibC {

  /** Makes a socket. */
  int socket(int domain, int type, int protocol);

  /** Sets an option of a socket. */
  int setsockopt(int fd, int level, int option, Pointer value, int length);

  /** Gives a socket its address. */
  int bind(int fd, Pointer address, int size);

  /** Sends a datagram to an address. */
  long sendto(int fd, Pointer data, long length, int flags, Pointer address, int size);

  /** Receives a datagram with what the kernel says of it. */
  long recvmsg(int fd, Pointer message, int flags);

  /** Waits for descriptors, or for milliseconds to pass. */
  int poll(Pointer descriptors, long count, int timeout);

  /** Makes a descriptor that counts events. */
  int eventfd(int initial, int flags);

  /** Reads from a descriptor. */
  long read(int fd, Pointer data, long length);

  /** Writes to a descriptor. */
  long write(int fd, Pointer data, long length);

  /** Closes a descriptor. */
  int close(int fd);

  /** What an errno means. */
  String strerror(int errno);
}
