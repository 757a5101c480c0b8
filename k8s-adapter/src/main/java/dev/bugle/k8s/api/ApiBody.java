package dev.bugle.k8s.api;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Collects the body of an answer, up to a limit. The HTTP client's threads fill it. */
final class ApiBody implements AsyncBody.Consumer<List<ByteBuffer>> {

  /** An object in etcd is not larger. */
  private static final int LIMIT = 3 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public void consume(List<ByteBuffer> parts, AsyncBody body) throws IOException {
    for (ByteBuffer part : parts) {
      if (part.remaining() > LIMIT - bytes.size()) {
        throw new IOException("the answer is longer than " + LIMIT + " octets");
      }
      byte[] copy = new byte[part.remaining()];
      part.get(copy);
      bytes.write(copy);
    }
    body.consume();
  }

  /** All of it, once it is complete. */
  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
