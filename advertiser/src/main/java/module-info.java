/** The advertiser: library and program. */
module dev.bugle.advertiser {
  requires transitive dev.bugle.bgp;
  requires transitive dev.bugle.bfd;
  requires com.fasterxml.jackson.core;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;
  requires micrometer.registry.prometheus;
  requires org.slf4j;
  requires info.picocli;
  requires jdk.unsupported;
  requires org.snakeyaml.engine;
  requires static org.jspecify;

  exports dev.bugle.advertiser;
  exports dev.bugle.advertiser.admin;
  exports dev.bugle.advertiser.addresses;
  exports dev.bugle.advertiser.api;
  exports dev.bugle.advertiser.cli;
  exports dev.bugle.advertiser.client;
  exports dev.bugle.advertiser.config;
  exports dev.bugle.advertiser.config.yaml;
  exports dev.bugle.advertiser.health;
  exports dev.bugle.advertiser.json;
  exports dev.bugle.advertiser.leadership;
  exports dev.bugle.advertiser.mrt;
  exports dev.bugle.advertiser.source;
  exports dev.bugle.advertiser.time;
  exports dev.bugle.advertiser.vip;

  uses dev.bugle.advertiser.cli.PluggedCommand;
  uses dev.bugle.advertiser.leadership.ElectorProvider;
  uses dev.bugle.advertiser.source.VipSourceProvider;

  exports dev.bugle.advertiser.logs to
      org.slf4j;

  opens dev.bugle.advertiser.cli to
      info.picocli;
}
