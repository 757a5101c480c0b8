package dev.bugle.bgp.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.Pointer;

/** Memory that both sides can read; zero at first, freed with this object. */
final class NativeMemory {

  private final ByteBuffer bytes;
  private final Pointer pointer;

  NativeMemory(jnr.ffi.Runtime runtime, int length) {
    this.bytes = ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
    this.pointer = Pointer.wrap(runtime, bytes);
  }

  /** The contents, in the order of this machine; its position and limit mean nothing here. */
  ByteBuffer bytes() {
    return bytes;
  }

  Pointer pointer() {
    return pointer;
  }

  long address() {
    return pointer.address();
  }
}
