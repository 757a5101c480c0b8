package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.json.Json;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;

/**
 * Why a request is refused (RFC 9457), as an exception so that it can be thrown where it is found.
 * It is without a stack trace: strangers can cause many.
 */
public final class Problem extends Exception {

  private static final long serialVersionUID = 1L;

  static final Schema SCHEMA =
      Schema.object("Why the request was refused (RFC 9457).")
          .field("title", Schema.text("The status in words."))
          .field("status", Schema.whole("The status of the answer.", 400, 599))
          .field("detail", Schema.text("What is wrong, and what to do."))
          .build();

  private final int status;
  private final transient Map<String, String> headers;

  private Problem(int status, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.headers = headers;
  }

  /**
   * A problem.
   *
   * @param status the HTTP status, 400 to 599
   * @param detail what is wrong, where, and what to do; it must hold no secret
   */
  public static Problem of(int status, String detail) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException(status + " is not the status of a problem");
    }
    return new Problem(status, detail, Map.of());
  }

  /** The same with a header. */
  Problem with(String header, String value) {
    return new Problem(status, detail(), Map.of(header, value));
  }

  /** What the answer's head has to say beside. */
  Map<String, String> headers() {
    return headers;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** What is wrong, and what to do. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  Json json() {
    return Json.object()
        .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
        .put("status", status)
        .put("detail", detail())
        .build();
  }
}
