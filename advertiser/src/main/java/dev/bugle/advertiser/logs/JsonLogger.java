package dev.bugle.advertiser.logs;

import dev.bugle.advertiser.config.yaml.Fault;
import dev.bugle.advertiser.json.Json;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes a JSON object on a line of standard error for each thing that is logged. */
final class JsonLogger extends LegacyAbstractLogger {

  private static final long serialVersionUID = 1L;

  private static final Object[] NONE = {};

  private final int threshold;

  /** One that writes from that level on, in the numbers of {@link Level#toInt}. */
  JsonLogger(String name, int threshold) {
    this.name = name;
    this.threshold = threshold;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    String message =
        String.valueOf(
            arguments == null
                ? pattern
                : MessageFormatter.basicArrayFormat(String.valueOf(pattern), arguments));
    Json.Builder line =
        Json.object()
            .put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
            .put("level", level.toString())
            .put("logger", name)
            .put("thread", Thread.currentThread().getName())
            .put("message", message);
    if (thrown != null) {
      line.put("exception", trace(thrown));
    }
    for (Object argument : arguments == null ? NONE : arguments) {
      if (argument instanceof Fault fault) {
        put(fault, line);
      }
    }
    write((line.build() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** What is in the message as well, in parts, for programs. */
  private static void put(Fault fault, Json.Builder line) {
    line.put("source", fault.place().source());
    if (fault.line() > 0) {
      line.put("line", fault.line());
    }
    if (!fault.field().isEmpty()) {
      line.put("key", fault.field());
    }
    line.put("fault", fault.message());
  }

  private static String trace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  /** At once, so that lines of several threads do not mix. */
  private static void write(byte[] line) {
    PrintStream err = System.err;
    err.write(line, 0, line.length);
    err.flush();
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  private boolean writes(Level level) {
    return level.toInt() >= threshold;
  }

  @Override
  public boolean isTraceEnabled() {
    return writes(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return writes(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return writes(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return writes(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return writes(Level.ERROR);
  }
}
