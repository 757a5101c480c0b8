package dev.bugle.bfd.linux;

import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the C library, by their names there; jnr-ffi makes the implementation, which is
 * why it is public. They return -1 on failure, and the reason is errno of the calling thread.
 */
public interface LibC {

  /** Makes a socket. */
  int socket(int domain, int type, int protocol);

  /** Gives a socket its own address. */
  int bind(int fd, Pointer address, int length);

  /** Reads a socket's own address. */
  int getsockname(int fd, Pointer address, Pointer length);

  /** Sets an option of a socket. */
  int setsockopt(int fd, int level, int option, Pointer value, int length);

  /** Sends a datagram; the address may be that of the connection. */
  long sendto(int fd, Pointer data, long length, int flags, @Nullable Pointer address, int size);

  /** Receives up to {@code count} datagrams. */
  int recvmmsg(int fd, Pointer messages, int count, int flags, @Nullable Pointer timeout);

  /** Waits for descriptors or for time to pass. */
  int ppoll(Pointer descriptors, long count, Pointer timeout, @Nullable Pointer signals);

  /** Makes a descriptor that counts events. */
  int eventfd(int initial, int flags);

  /** Reads from a descriptor. */
  long read(int fd, Pointer data, long length);

  /** Writes to a descriptor. */
  long write(int fd, Pointer data, long length);

  /** Closes a descriptor. */
  int close(int fd);

  /** The index of an interface; 0 when there is none of this name. */
  int if_nametoindex(String name);

  /** Sets how a thread is scheduled; the thread 0 is the calling one. */
  int sched_setscheduler(int thread, int policy, Pointer parameters);

  /** Adjusts the calling thread. */
  int prctl(int option, long value, long unused2, long unused3, long unused4);

  /** What an errno means. */
  String strerror(int errno);
}
