package dev.bugle.k8s.lease;

import dev.bugle.k8s.lease.LeaseAnswer.Conflict;
import dev.bugle.k8s.lease.LeaseAnswer.Missing;
import dev.bugle.k8s.lease.LeaseAnswer.Stored;
import dev.bugle.k8s.lease.LeaseCall.Create;
import dev.bugle.k8s.lease.LeaseCall.Replace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Lease as an API server keeps it, without the server. */
final class SimulatedLease {

  Optional<StoredLease> stored = Optional.empty();
  final List<LeaseCall> calls = new ArrayList<>();
  private int versions;
  private int uids;

  LeaseAnswer apply(LeaseCall call) {
    calls.add(call);
    if (call instanceof Create create) {
      if (stored.isPresent()) {
        return new Conflict();
      }
      uids++;
      return put(create.record());
    }
    if (stored.isEmpty()) {
      return new Missing();
    }
    if (call instanceof Replace replace) {
      return replace.version().equals(stored.get().version())
          ? put(replace.record())
          : new Conflict();
    }
    return new Stored(stored.get());
  }

  /** Somebody else writes. */
  Stored put(LeaseRecord record) {
    StoredLease now = new StoredLease(record, "uid-" + uids, String.valueOf(++versions));
    stored = Optional.of(now);
    return new Stored(now);
  }

  /** Somebody deletes it. */
  void delete() {
    stored = Optional.empty();
  }

  /** Somebody deletes it and makes it anew. */
  void makeAnew(LeaseRecord record) {
    uids++;
    put(record);
  }

  LeaseRecord record() {
    return stored.orElseThrow().record();
  }
}
