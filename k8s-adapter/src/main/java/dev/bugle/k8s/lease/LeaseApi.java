package dev.bugle.k8s.lease;

import dev.bugle.k8s.api.ApiConnection;
import dev.bugle.k8s.api.ApiFailure;
import dev.bugle.k8s.api.ApiResponse;
import dev.bugle.k8s.lease.LeaseAnswer.Conflict;
import dev.bugle.k8s.lease.LeaseAnswer.Failed;
import dev.bugle.k8s.lease.LeaseAnswer.Missing;
import dev.bugle.k8s.lease.LeaseAnswer.Stored;
import dev.bugle.k8s.lease.LeaseCall.Create;
import dev.bugle.k8s.lease.LeaseCall.Replace;
import java.time.Duration;
import java.util.Optional;

/**
 * One Lease of the API server. Makes the calls, and tells the answers of HTTP apart: which say that
 * nothing was changed, and which say nothing.
 *
 * <p>A change leaves everything in place that it does not mean: labels, annotations, owners, fields
 * of newer versions. One thread calls it.
 */
final class LeaseApi {

  private static final String GROUP = "/apis/coordination.k8s.io/v1/namespaces/";
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int GONE = 410;

  private final ApiConnection api;
  private final LeaseName name;
  private final LeaseDocument document = new LeaseDocument();

  LeaseApi(ApiConnection api, LeaseName name) {
    this.api = api;
    this.name = name;
  }

  /** Makes a call, and waits for its answer no longer than that. */
  LeaseAnswer call(LeaseCall call, Duration patience) {
    try {
      String namespace = name.namespace().isPresent() ? name.namespace().get() : api.namespace();
      ApiResponse response = send(call, GROUP + namespace + "/leases", patience);
      return answer(call, response, namespace);
    } catch (ApiFailure e) {
      return new Failed(e.reason());
    } catch (RuntimeException | LinkageError e) {
      return new Failed("the answer about " + name + " cannot be used: " + e);
    }
  }

  private ApiResponse send(LeaseCall call, String leases, Duration patience) throws ApiFailure {
    if (call instanceof Create create) {
      return api.create(leases, document.created(name.name(), create.record()), patience);
    }
    String path = leases + "/" + name.name();
    if (call instanceof Replace replace) {
      return api.replace(path, document.changed(replace.version(), replace.record()), patience);
    }
    return api.read(path, patience);
  }

  private LeaseAnswer answer(LeaseCall call, ApiResponse response, String namespace) {
    if (response.isSuccess()) {
      return new Stored(document.read(response.body()));
    }
    boolean isWrite = call instanceof Create || call instanceof Replace;
    if (isWrite && (response.code() == CONFLICT || response.code() == GONE)) {
      return new Conflict();
    }
    if (response.code() == NOT_FOUND && !(call instanceof Create)) {
      return new Missing();
    }
    String reason =
        switch (response.code()) {
          case 401 -> "does not know this process (401): its token or certificate is not valid";
          case 403 ->
              "forbids it (403): a role must allow get, create and update of leases in the"
                  + " namespace "
                  + namespace;
          case NOT_FOUND -> "has no namespace " + namespace + " (404)";
          case 429 -> "is overloaded (429)";
          default -> "failed with status " + response.code() + message(response);
        };
    return new Failed("for " + name + ", the API server " + reason, response.retryAfter());
  }

  private static String message(ApiResponse response) {
    Optional<String> message = LeaseDocument.message(response.body());
    return message.map(text -> ": " + text).orElse("");
  }
}
