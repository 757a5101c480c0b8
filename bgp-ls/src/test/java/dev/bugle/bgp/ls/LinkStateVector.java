package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One block of {@code vectors.txt}: a name after {@code ==}, then {@code nlri} or {@code attribute}
 * with octets, and {@code text} for what they are or {@code error} for what is wrong with them.
 */
record LinkStateVector(String name, Map<String, String> fields) {

  static final CodecContext CONTEXT =
      CodecContext.INITIAL.withFourOctetAs(true).withCodecs(LinkState.codecs());

  static List<LinkStateVector> all() {
    List<LinkStateVector> vectors = new ArrayList<>();
    String key = "";
    for (String line : lines()) {
      if (line.startsWith("==")) {
        vectors.add(new LinkStateVector(line.substring(2).strip(), new LinkedHashMap<>()));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        boolean goesOn = line.startsWith(" ");
        String[] parts = (line.strip() + " ").split(" ", 2);
        key = goesOn ? key : parts[0];
        String value = goesOn ? line.strip() : parts[1].strip();
        vectors.get(vectors.size() - 1).fields.merge(key, value, (a, b) -> a + " " + b);
      }
    }
    return vectors;
  }

  private static List<String> lines() {
    try (InputStream in = LinkStateVector.class.getResourceAsStream("vectors.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isNlri() {
    return fields.containsKey("nlri");
  }

  boolean isFault() {
    return fields.containsKey("error");
  }

  String text() {
    return fields.get("text");
  }

  String error() {
    return fields.get("error");
  }

  Bytes octets() {
    return Bytes.hex(fields.get(isNlri() ? "nlri" : "attribute").replace(" ", ""));
  }

  /** What the codec makes of these octets, as an NLRI or as an attribute like this one. */
  Object decode(Bytes octets) {
    ByteBuf in = Unpooled.wrappedBuffer(octets.toArray());
    return isNlri()
        ? LinkState.nlriCodec().decode(in, CONTEXT)
        : LinkState.attributeCodec().decode(in, CONTEXT);
  }

  static Bytes encode(Object value) {
    ByteBuf out = Unpooled.buffer();
    if (value instanceof LinkStateNlri nlri) {
      LinkState.nlriCodec().encode(nlri, out, CONTEXT);
    } else {
      ((LinkStateAttribute) value).encodeValue(out, CONTEXT);
    }
    return Bytes.readAll(out);
  }

  @Override
  public String toString() {
    return name;
  }
}
