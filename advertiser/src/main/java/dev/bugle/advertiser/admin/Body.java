package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.json.JsonText;
import dev.bugle.advertiser.json.MalformedJsonException;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/** The body of a request as it comes in, never longer than it may be. On the event loop. */
final class Body {

  private final Memory memory;
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream(0);

  Body(Memory memory) {
    this.memory = memory;
  }

  Memory memory() {
    return memory;
  }

  /**
   * Adds what has come.
   *
   * @throws Problem 413 when it is too long, 503 when too much has come of all requests
   */
  void add(ByteBuf more) throws Problem {
    int length = more.readableBytes();
    if (length > Limits.MAX_BODY - octets.size()) {
      throw Service.bodyTooLong();
    }
    if (!memory.take(length)) {
      throw Problem.of(503, "too many requests are being sent at once; send it again later");
    }
    byte[] copy = new byte[length];
    more.readBytes(copy);
    octets.writeBytes(copy);
  }

  /**
   * Reads the whole, and forgets it.
   *
   * @throws Problem when it is not what is expected
   */
  Optional<Json> take(Optional<Schema> expected) throws Problem {
    byte[] text = octets.toByteArray();
    clear();
    if (expected.isEmpty()) {
      return Optional.empty();
    }
    Json json;
    try {
      json = JsonText.read(text);
    } catch (MalformedJsonException e) {
      throw Problem.of(400, "the body is not the JSON that is expected: " + e.getMessage());
    }
    List<String> faults = expected.get().faults(json);
    if (!faults.isEmpty()) {
      throw Problem.of(422, String.join("; ", faults.subList(0, Math.min(5, faults.size()))));
    }
    return Optional.of(json);
  }

  void clear() {
    memory.giveBack(octets.size());
    octets.reset();
  }
}
