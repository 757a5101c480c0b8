package dev.bugle.k8s.service;

import dev.bugle.advertiser.config.VipText;
import dev.bugle.advertiser.config.yaml.Spelling;
import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.vip.Needs;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.advertiser.vip.VipAudience;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.k8s.service.Outcome.Account;
import dev.bugle.k8s.service.Outcome.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes VIPs of a Service. Pure: the same objects are the same VIPs, on every node.
 *
 * <p>A Service of which anything cannot be understood is not announced: what was meant may well be
 * what keeps it from harm, a community such as {@code no-export}.
 */
record Translation(ServicesConfig config) {

  Outcome of(Service service, Endpoints endpoints) {
    Addresses addresses = Addresses.of(service, config.selection());
    List<Complaint> complaints = new ArrayList<>(unknown(service.wish()));
    addresses.complaint().ifPresent(complaints::add);
    Optional<Seat> seat = seat(service, complaints);
    boolean isDrained = drained(service.wish(), complaints);
    List<Offer> offers = new ArrayList<>();
    Map<String, HealthCheckConfig> checks = new HashMap<>();
    for (IpAddress address : addresses.all()) {
      Optional<Checkup> checkup = checkup(service, address, complaints);
      checkup.ifPresent(one -> checks.put(one.name(), one.config()));
      Optional<String> check = checkup.map(Checkup::name);
      Optional<Vip> vip = seat.flatMap(one -> vip(service, address, one, check, complaints));
      vip.ifPresent(one -> offers.add(offer(one, address, service, endpoints, isDrained)));
    }
    if (!complaints.isEmpty()) {
      offers.clear();
      addresses.all().forEach(address -> offers.add(faulty(service, address, complaints.get(0))));
    }
    Account account =
        new Account(
            Optional.of(addresses.all()).filter(all -> addresses.isWished() && !all.isEmpty()),
            condition(addresses, endpoints, complaints),
            complaints.stream().distinct().toList());
    return new Outcome(
        service,
        offers,
        seat.map(Seat::elections).filter(e -> complaints.isEmpty()).orElse(Map.of()),
        complaints.isEmpty() ? checks : Map.of(),
        account);
  }

  /** What begins with our prefix and is none of ours is a slip of somebody who means us. */
  private static List<Complaint> unknown(Service.Wish wish) {
    List<Complaint> complaints = new ArrayList<>();
    for (String key : new TreeSet<>(wish.annotations().keySet())) {
      if (Annotation.of(key).isEmpty()) {
        complaints.add(
            new Complaint(
                "UnknownAnnotation",
                Annotation.PREFIX
                    + key
                    + ": unknown"
                    + Spelling.hint(key, Annotation.keys())
                    + "; those that there are: "
                    + String.join(", ", Annotation.keys())));
      }
    }
    for (String key : new TreeSet<>(wish.tooLong())) {
      complaints.add(
          invalid(
              Annotation.PREFIX
                  + key
                  + ": found more than "
                  + ServiceReader.LONGEST_VALUE
                  + " characters; expected fewer"));
    }
    return complaints;
  }

  private Optional<Seat> seat(Service service, List<Complaint> complaints) {
    String text =
        service.wish().annotation(Annotation.LEADERSHIP).orElse(config.defaults().leadership());
    try {
      return Optional.of(Seat.of(text.strip(), service.key(), config));
    } catch (IllegalArgumentException e) {
      complaints.add(invalid(Annotation.LEADERSHIP + ": " + e.getMessage()));
      return Optional.empty();
    }
  }

  private static boolean drained(Service.Wish wish, List<Complaint> complaints) {
    String text = wish.annotation(Annotation.DRAIN).map(String::strip).orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      String found = text.length() > 60 ? text.substring(0, 60) + "..." : text;
      complaints.add(invalid(Annotation.DRAIN + ": found '" + found + "'; expected true or false"));
    }
    return text.equals("true");
  }

  private Optional<Checkup> checkup(
      Service service, IpAddress address, List<Complaint> complaints) {
    try {
      return Checkup.of(service, address, config.checks());
    } catch (IllegalArgumentException e) {
      complaints.add(invalid(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private Optional<Vip> vip(
      Service service,
      IpAddress address,
      Seat seat,
      Optional<String> check,
      List<Complaint> complaints) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("prefix", address + "/" + address.bitLength());
    values.put("leadership", Vip.ALWAYS);
    for (Annotation annotation : Annotation.values()) {
      if (annotation.isOfVip()) {
        service.wish().annotation(annotation).ifPresent(text -> values.put(annotation.key(), text));
      }
    }
    check.ifPresent(name -> values.merge(Annotation.HEALTH.key(), name, (a, b) -> a + "," + b));
    try {
      Vip read = VipText.read(values, config.defaults().drainTime());
      return Optional.of(
          new Vip(
              service.key() + "/" + address,
              read.route(),
              read.audience(),
              new Needs(
                  seat.leadership(),
                  read.needs().health(),
                  read.needs().whenUnhealthy(),
                  read.needs().boundTo()),
              read.drainTime()));
    } catch (IllegalArgumentException e) {
      complaints.add(invalid(Annotation.PREFIX + e.getMessage()));
      return Optional.empty();
    }
  }

  private Offer offer(
      Vip vip, IpAddress address, Service service, Endpoints endpoints, boolean isDrained) {
    Family family = Family.of(address);
    Eligibility eligibility =
        Eligibility.of(
            endpoints.of(family),
            family,
            service.wish().isLocal(),
            config.defaults().withoutEndpoints());
    Optional<String> leaving =
        Optional.of(eligibility).filter(Eligibility::isLeaving).map(Eligibility::reason);
    return new Offer(
        vip,
        eligibility,
        isDrained ? Optional.of("its annotation " + Annotation.DRAIN + " says so") : leaving);
  }

  /** It is stated all the same, so that {@code bugle why} and the meters tell of it. */
  private static Offer faulty(Service service, IpAddress address, Complaint complaint) {
    Vip vip =
        new Vip(
            service.key() + "/" + address,
            Route.to(new Prefix(address, address.bitLength())).build(),
            VipAudience.ALL,
            Needs.leadership(Vip.ALWAYS),
            Duration.ZERO);
    return new Offer(vip, Eligibility.invalid(complaint.message()), Optional.empty());
  }

  private Condition condition(
      Addresses addresses, Endpoints endpoints, List<Complaint> complaints) {
    if (!complaints.isEmpty()) {
      Complaint first = complaints.get(0);
      return new Condition(false, first.reason(), first.message());
    }
    if (addresses.all().isEmpty()) {
      return new Condition(
          false,
          "NoAddress",
          "it has no address; put one into "
              + Annotation.ADDRESSES
              + ", or let an allocator write one to its status");
    }
    List<String> unserved = new ArrayList<>();
    for (IpAddress address : addresses.all()) {
      Family family = Family.of(address);
      if (!endpoints.of(family).isServed() && !config.defaults().withoutEndpoints()) {
        unserved.add("no " + family + " endpoint is ready for " + address);
      }
    }
    return unserved.isEmpty()
        ? new Condition(true, "Ready", "nodes can announce " + texts(addresses.all()))
        : new Condition(
            unserved.size() < addresses.all().size(), "NoEndpoint", String.join("; ", unserved));
  }

  private static String texts(List<IpAddress> addresses) {
    return String.join(", ", addresses.stream().map(IpAddress::toString).toList());
  }

  private static Complaint invalid(String message) {
    return new Complaint("InvalidAnnotation", message);
  }
}
