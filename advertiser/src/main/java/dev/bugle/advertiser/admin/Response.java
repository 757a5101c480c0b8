package dev.bugle.advertiser.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An answer on its way into HTTP. Immutable. */
final class Response {

  private static final String EVENTS = "text/event-stream";

  /** RFC 9110 §5.6.7. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final HttpResponseStatus status;
  private final Map<String, String> headers;
  private final byte[] content;
  private final boolean closing;

  private Response(
      HttpResponseStatus status, Map<String, String> headers, byte[] content, boolean closing) {
    this.status = status;
    this.headers = headers;
    this.content = content;
    this.closing = closing;
  }

  static Response of(Answer.Text text) {
    return new Response(
        HttpResponseStatus.valueOf(text.status()),
        Map.of("Content-Type", text.contentType()),
        text.text().getBytes(StandardCharsets.UTF_8),
        false);
  }

  static Response of(Problem problem) {
    Map<String, String> headers = new LinkedHashMap<>(problem.headers());
    headers.put("Content-Type", Answer.PROBLEM_JSON);
    return new Response(
        HttpResponseStatus.valueOf(problem.status()),
        headers,
        (problem.json() + "\n").getBytes(StandardCharsets.UTF_8),
        false);
  }

  static Response options(String allowed) {
    return new Response(
        HttpResponseStatus.NO_CONTENT, Map.of("Allow", allowed), new byte[0], false);
  }

  static Response headOfStream() {
    return new Response(HttpResponseStatus.OK, Map.of("Content-Type", EVENTS), new byte[0], true);
  }

  /** The same, after which the connection is closed. */
  Response closing() {
    return new Response(status, headers, content, true);
  }

  boolean isClosing() {
    return closing;
  }

  int size() {
    return content.length;
  }

  /** As Netty writes it. */
  FullHttpResponse full(boolean close, boolean headOnly) {
    ByteBuf body = headOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(content);
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    headers.forEach((name, value) -> response.headers().set(name, value));
    if (status.code() != 204) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.length);
    }
    common(response.headers(), close);
    return response;
  }

  /** The head of a stream: in chunks, or until the connection is closed for who knows none. */
  static HttpResponse streamHead(boolean chunked) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, EVENTS);
    if (chunked) {
      response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    common(response.headers(), true);
    return response;
  }

  /** That a body is welcome. */
  static FullHttpResponse goOn() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
  }

  private static void common(HttpHeaders headers, boolean close) {
    headers.set(HttpHeaderNames.DATE, DATE.format(Instant.now()));
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set(
        HttpHeaderNames.CONNECTION, close ? HttpHeaderValues.CLOSE : HttpHeaderValues.KEEP_ALIVE);
  }
}
