package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.config.AdminConfig;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token and the certificate, as their files have them: looked at once a second on a thread of
 * its own, so that a slow file system delays no answer. A file that is gone or faulty changes
 * nothing: what was read last stays in force. What is in force may be read by any thread.
 */
final class Credentials implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Credentials.class);

  private final AdminConfig config;
  private volatile Optional<Token> token;
  private volatile Optional<Certificate> certificate;
  private final Optional<ScheduledExecutorService> thread;

  /** The files thread's own. */
  private String complaint = "";

  private Credentials(AdminConfig config, Optional<ScheduledExecutorService> thread) {
    this.config = config;
    this.token = config.tokenFile().map(Token::read);
    this.certificate = config.tls().map(Certificate::read);
    this.thread = thread;
  }

  /**
   * Reads the files, and goes on to look at them.
   *
   * @throws IllegalStateException naming a file that is not there or faulty, and what to do
   */
  static Credentials open(AdminConfig config) {
    boolean watched = config.tokenFile().isPresent() || config.tls().isPresent();
    Credentials credentials =
        new Credentials(config, watched ? Optional.of(newThread()) : Optional.empty());
    credentials.thread.ifPresent(
        thread -> {
          Future<?> unused =
              thread.scheduleWithFixedDelay(credentials::look, 1, 1, TimeUnit.SECONDS);
        });
    return credentials;
  }

  private static ScheduledExecutorService newThread() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread looker = new Thread(task, "bugle-admin-files");
          looker.setDaemon(true);
          return looker;
        });
  }

  Optional<Token> token() {
    return token;
  }

  Optional<Certificate> certificate() {
    return certificate;
  }

  /** Reads the files once more. */
  void look() {
    try {
      config.tokenFile().map(Token::read).ifPresent(this::replace);
      config.tls().map(Certificate::read).ifPresent(this::replace);
      complaint = "";
    } catch (RuntimeException faulty) {
      String now = String.valueOf(faulty.getMessage());
      if (!now.equals(complaint)) {
        complaint = now;
        log.warn("the admin server goes on with what it has read before: {}", now);
      }
    }
  }

  private void replace(Token found) {
    if (!token.map(found::isEqualTo).orElse(false)) {
      token = Optional.of(found);
      log.info("the token of the admin server has changed");
    }
  }

  private void replace(Certificate found) {
    if (!certificate.map(found::isEqualTo).orElse(false)) {
      certificate = Optional.of(found);
      log.info("the certificate of the admin server has changed: {}", found);
    }
  }

  /** Does not wait for the thread: the file system may be slow. */
  @Override
  public void close() {
    thread.ifPresent(ScheduledExecutorService::shutdownNow);
  }
}
