/** The BFD library. */
module dev.bugle.bfd {
  requires transitive io.netty.buffer;
  requires transitive micrometer.core;
  requires org.jnrproject.ffi;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.bugle.bfd;
  exports dev.bugle.bfd.linux to
      org.jnrproject.ffi;
  exports dev.bugle.bfd.session;
  exports dev.bugle.bfd.wire;
}
