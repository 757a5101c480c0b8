/** The BGP speaker library. */
@SuppressWarnings("module") // the advertiser is built after this module
module dev.bugle.bgp {
  requires transitive io.netty.buffer;
  requires transitive micrometer.core;
  requires io.netty.common;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;
  requires org.jnrproject.ffi;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.bugle.bgp;
  exports dev.bugle.bgp.bmp;
  exports dev.bugle.bgp.linux to
      dev.bugle.advertiser,
      org.jnrproject.ffi;
  exports dev.bugle.bgp.mrt;
  exports dev.bugle.bgp.recording;
  exports dev.bugle.bgp.rib;
  exports dev.bugle.bgp.rib.table;
  exports dev.bugle.bgp.session;
  exports dev.bugle.bgp.wire;
  exports dev.bugle.bgp.wire.attribute;
  exports dev.bugle.bgp.wire.capability;
  exports dev.bugle.bgp.wire.message;
  exports dev.bugle.bgp.wire.nlri;
}
