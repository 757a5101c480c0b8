package dev.bugle.k8s.service;

import com.fasterxml.jackson.core.JsonParser;
import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.json.JsonText;
import dev.bugle.k8s.lease.LeaseTerms;
import dev.bugle.k8s.service.ObjectReader.Seen;
import dev.bugle.k8s.service.ServicesConfig.Checks;
import dev.bugle.k8s.service.ServicesConfig.Contact;
import dev.bugle.k8s.service.ServicesConfig.Defaults;
import dev.bugle.k8s.service.ServicesConfig.Leases;
import dev.bugle.k8s.service.ServicesConfig.Selection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads JSON as the source does, for tests of what comes after that. */
final class Readers {

  static final String NODE = "n1";

  static final Selection OURS =
      new Selection(ServicesConfig.DEFAULT_CLASS, false, Optional.empty(), List.of(), false);

  private Readers() {}

  static ServicesConfig config(Optional<Path> kubeconfig) {
    return new ServicesConfig(
        kubeconfig,
        Optional.of(NODE),
        OURS,
        new Defaults("none", Duration.ofSeconds(1), false),
        Checks.DEFAULTS,
        new Leases(Optional.of("kube-system"), Optional.empty(), LeaseTerms.DEFAULTS),
        new Contact(Duration.ofSeconds(60), Optional.empty()));
  }

  static <T> Seen<T> read(ObjectReader<T> reader, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try (JsonParser in = JsonFields.open(new ByteArrayInputStream(bytes))) {
      in.nextToken();
      return reader.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Optional<Service> service(ServiceJson json) {
    return read(new ServiceReader(OURS), JsonText.write(json.json())).value();
  }

  static Endpoints endpoints(Json.Fields... slices) {
    List<Slice> read = new ArrayList<>();
    for (Json.Fields slice : slices) {
      read(new SliceReader(NODE), JsonText.write(slice)).value().ifPresent(read::add);
    }
    return Endpoints.of(read);
  }
}
