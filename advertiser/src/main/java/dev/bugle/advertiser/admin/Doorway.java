package dev.bugle.advertiser.admin;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.net.InetSocketAddress;

/** What a new connection gets: its handlers, or its end if it is one too many. */
record Doorway(
    Limits limits,
    Connections connections,
    Credentials credentials,
    Service service,
    Memory memory) {

  ChannelInitializer<Channel> initializer(Door door) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (connections.add(channel)) {
          fill(channel.pipeline(), door, client(channel));
        } else {
          channel.close();
        }
      }
    };
  }

  private static String client(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress() + " port " + address.getPort()
        : "the Unix socket";
  }

  private void fill(ChannelPipeline pipeline, Door door, String client) {
    if (door == Door.TCP) {
      credentials
          .certificate()
          .ifPresent(
              certificate ->
                  pipeline.addLast(certificate.context().newHandler(pipeline.channel().alloc())));
    }
    Patience patience = new Patience(limits, connections);
    pipeline.addLast(
        patience,
        new HttpRequestDecoder(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(Limits.MAX_LINE)
                .setMaxHeaderSize(Limits.MAX_HEADERS)
                .setMaxChunkSize(Limits.MAX_HEADERS)
                .setValidateHeaders(true)
                .setAllowDuplicateContentLengths(false)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)),
        new HttpResponseEncoder(),
        new Exchange(service, new Dispatch(door, client, limits.handling()), patience, memory));
  }
}
