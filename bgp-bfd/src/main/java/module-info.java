/** The BFD library. */
module dev.bugle.bfd {
  requires transitive io.netty.buffer;
  requires static org.jspecify;

  exports dev.bugle.bfd.session;
  exports dev.bugle.bfd.wire;
}
