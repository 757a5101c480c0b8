package dev.bugle.k8s.lease;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Lease as JSON, to and fro. It keeps what was read last, so that a change carries along all that
 * it does not mean. For one thread.
 */
final class LeaseDocument {

  private static final int LONGEST_MESSAGE = 200;

  /** Without looking for all kinds of objects on the class path: it reads two. */
  private static final KubernetesSerialization JSON =
      new KubernetesSerialization(JsonMapper.builder().build(), false);

  private @Nullable Lease last;

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException when it is not a Lease
   */
  StoredLease read(String json) {
    Lease lease = JSON.unmarshal(json, Lease.class);
    ObjectMeta metadata = lease == null ? null : lease.getMetadata();
    if (metadata == null || metadata.getResourceVersion() == null || metadata.getUid() == null) {
      throw new IllegalArgumentException("it has no uid or resourceVersion");
    }
    last = lease;
    return new StoredLease(
        record(lease.getSpec()), metadata.getUid(), metadata.getResourceVersion());
  }

  private static LeaseRecord record(@Nullable LeaseSpec spec) {
    if (spec == null) {
      return LeaseRecord.blank();
    }
    return new LeaseRecord(
        Optional.ofNullable(spec.getHolderIdentity()),
        Optional.ofNullable(spec.getLeaseDurationSeconds()),
        instant(spec.getAcquireTime()),
        instant(spec.getRenewTime()),
        Optional.ofNullable(spec.getLeaseTransitions()).orElse(0));
  }

  private static Optional<Instant> instant(@Nullable ZonedDateTime time) {
    return Optional.ofNullable(time).map(t -> t.toInstant().truncatedTo(ChronoUnit.MICROS));
  }

  /** A new Lease. */
  String created(String name, LeaseRecord record) {
    Lease lease = new LeaseBuilder().withNewMetadata().withName(name).endMetadata().build();
    lease.setSpec(new LeaseSpec());
    return write(lease, record);
  }

  /**
   * The Lease that was read last, with another record.
   *
   * @throws IllegalArgumentException when that was another version
   */
  String changed(String version, LeaseRecord record) {
    Lease read = last;
    if (read == null || !read.getMetadata().getResourceVersion().equals(version)) {
      throw new IllegalArgumentException("version " + version + " was not read last");
    }
    Lease lease = new LeaseBuilder(read).build();
    if (lease.getSpec() == null) {
      lease.setSpec(new LeaseSpec());
    }
    return write(lease, record);
  }

  private static String write(Lease lease, LeaseRecord record) {
    LeaseSpec spec = lease.getSpec();
    spec.setHolderIdentity(record.holder().orElse(""));
    record.leaseSeconds().ifPresent(spec::setLeaseDurationSeconds);
    record.acquired().ifPresent(time -> spec.setAcquireTime(utc(time)));
    record.renewed().ifPresent(time -> spec.setRenewTime(utc(time)));
    spec.setLeaseTransitions(record.transitions());
    return JSON.asJson(lease);
  }

  private static ZonedDateTime utc(Instant time) {
    return time.atZone(ZoneOffset.UTC);
  }

  /** What the API server says of a failure, in one line; empty when that is not to be found. */
  static Optional<String> message(String json) {
    try {
      Status status = JSON.unmarshal(json, Status.class);
      return Optional.ofNullable(status)
          .map(Status::getMessage)
          .map(text -> text.replaceAll("\\p{Cntrl}+", " ").strip())
          .filter(text -> !text.isEmpty())
          .map(text -> text.substring(0, Math.min(LONGEST_MESSAGE, text.length())));
    } catch (RuntimeException e) {
      return Optional.empty(); // A proxy in between has answered with a page of its own.
    }
  }
}
