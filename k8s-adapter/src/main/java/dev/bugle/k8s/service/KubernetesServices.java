package dev.bugle.k8s.service;

import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.advertiser.source.Verdict;
import dev.bugle.advertiser.source.VipSource;
import dev.bugle.advertiser.source.VipStage;
import dev.bugle.advertiser.time.DurationText;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.k8s.api.ApiConnection;
import dev.bugle.k8s.lease.LeaseConfig;
import dev.bugle.k8s.lease.LeaseName;
import dev.bugle.k8s.lease.LeaseProvider;
import dev.bugle.k8s.service.Reflector.Sink;
import dev.bugle.k8s.service.Reflector.Watching;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * States the Services of a cluster as VIPs.
 *
 * <p>Two threads listen to the API server, one for each kind of object; one makes VIPs of what they
 * have heard, a moment after it has become quiet; one writes to the API server.
 */
final class KubernetesServices implements VipSource {

  private static final Logger log = LoggerFactory.getLogger(KubernetesServices.class);

  /** Events that belong together come within this time. */
  private static final long QUIET_MILLIS = 3;

  /** So long what has come first waits at most for what comes after. */
  private static final long LONGEST_MILLIS = 20;

  /** How often it is looked whether the API server is silent. */
  private static final long LOOK_MILLIS = 500;

  /** How often it is looked whether this node is known, before it is. */
  private static final Duration KNOWS_SOON = Duration.ofMillis(10);

  /** How long to wait after what nobody has thought of. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final Duration CLOSE_LIMIT = Duration.ofMillis(1800);

  private final String name;
  private final String node;
  private final ServicesConfig config;
  private final Ticker ticker;
  private final ApiConnection api;
  private final Cluster cluster = new Cluster();
  private final Desk desk;
  private final Heard services;
  private final Heard slices;
  private final Heard nodes;
  private final Optional<NodeState> nodeState;
  private final List<Thread> threads = new ArrayList<>();
  private Optional<ServiceMeters> meters = Optional.empty();
  private Optional<Writes> writes = Optional.empty();
  private Circumstances here = Circumstances.USUAL;

  // Under the monitor.
  private Optional<VipStage> stage = Optional.empty();
  private Runnable unsubscribe = () -> {};

  /**
   * One that has not started.
   *
   * @param name for threads
   * @param node which endpoints are on this node
   */
  KubernetesServices(String name, String node, ServicesConfig config, Ticker ticker) {
    this.name = name;
    this.node = node;
    this.config = config;
    this.ticker = ticker;
    this.api = new ApiConnection(config.kubeconfig());
    this.desk = new Desk(new Translation(config));
    this.services = new Heard(ticker);
    this.slices = new Heard(ticker);
    this.nodes = new Heard(ticker);
    this.nodeState =
        config.selection().heedsExclusion()
            ? Optional.of(new NodeState(node, cluster::changedAround))
            : Optional.empty();
  }

  @Override
  public synchronized void start(VipStage onto) {
    stage = Optional.of(onto);
    meters = onto.meters().map(registry -> new ServiceMeters(registry, name, desk, heard()));
    writes = config.leases().writer().map(this::writes);
    writes.ifPresent(one -> begin("writes", one));
    begin(
        "services",
        new Reflector<>(
            Resource.services(config.selection().labels()),
            new ServiceReader(config.selection()),
            new Sink<Service>() {
              @Override
              public void all(Map<ObjectKey, Service> objects) {
                cluster.services(objects);
              }

              @Override
              public void one(ObjectKey key, Optional<Service> object) {
                cluster.service(key, object);
              }
            },
            watching(services)));
    begin(
        "endpoints",
        new Reflector<>(
            Resource.endpointSlices(),
            new SliceReader(node),
            new Sink<Slice>() {
              @Override
              public void all(Map<ObjectKey, Slice> objects) {
                cluster.slices(objects);
              }

              @Override
              public void one(ObjectKey key, Optional<Slice> object) {
                cluster.slice(key, object);
              }
            },
            watching(slices)));
    nodeState.ifPresent(state -> begin("node", node(state)));
    begin("vips", this::run);
    unsubscribe = onto.subscribe(this::decided);
  }

  private Map<String, Heard> heard() {
    return nodeState.isPresent()
        ? Map.of("services", services, "endpointslices", slices, "nodes", nodes)
        : Map.of("services", services, "endpointslices", slices);
  }

  private Runnable node(NodeState state) {
    return new Reflector<>(
        Resource.node(node),
        new NodeReader(node),
        new Sink<NodeMark>() {
          @Override
          public void all(Map<ObjectKey, NodeMark> objects) {
            state.now(Optional.ofNullable(objects.get(new ObjectKey("", node))));
          }

          @Override
          public void one(ObjectKey key, Optional<NodeMark> object) {
            if (key.name().equals(node)) {
              state.now(object);
            }
          }
        },
        watching(nodes));
  }

  private Watching watching(Heard when) {
    return new Watching(api, config.contact().watch(), backOff(), when);
  }

  private static BackOff backOff() {
    return new BackOff(() -> ThreadLocalRandom.current().nextDouble());
  }

  private Writes writes(String lease) {
    LeaseConfig election =
        new LeaseConfig(
            new LeaseName(config.leases().namespace(), lease),
            Optional.empty(),
            config.leases().terms(),
            config.kubeconfig(),
            Handover.WITHDRAW_FIRST);
    Elector elector = new LeaseProvider().create(lease, election, ticker);
    return new Writes(new Scribe(api, node, Clock.systemUTC()), elector, ticker, backOff());
  }

  private void begin(String part, Runnable task) {
    Thread thread = new Thread(task, "bugle-" + name + "-" + part);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void run() {
    boolean isFirst = true;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        boolean hasNews = cluster.await(LOOK_MILLIS);
        if (hasNews) {
          cluster.awaitQuiet(QUIET_MILLIS, LONGEST_MILLIS);
        }
        if (!nodeState.map(NodeState::isKnown).orElse(true)) {
          LockSupport.parkNanos(KNOWS_SOON.toNanos());
          continue; // What is news stays news.
        }
        Circumstances now = new Circumstances(silence(), nodeState.flatMap(NodeState::leaving));
        if (hasNews || (cluster.isKnown() && !now.equals(here))) {
          here = now;
          pass();
          if (isFirst) {
            log.info("{}: node {} knows {}", name, node, cluster.sizes());
            isFirst = false;
          }
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException unforeseen) {
        retreat(unforeseen);
      }
    }
  }

  /** Whatever holds of what is announced is not known any more, so nothing is; it begins anew. */
  private void retreat(RuntimeException unforeseen) {
    log.error("{}: stating Services failed, so all are withdrawn", name, unforeseen);
    try {
      state(SourcedVips.NONE);
    } catch (RuntimeException again) {
      log.error("{}: withdrawing all of them failed, too", name, again);
    }
    cluster.changedAll();
    LockSupport.parkNanos(RETRY_AFTER.toNanos());
  }

  private void pass() {
    Set<ObjectKey> touched = new HashSet<>();
    SourcedVips vips = desk.pass(cluster.take(), ticker.nanos(), here, touched);
    state(vips);
    report(touched);
  }

  private synchronized void state(SourcedVips vips) {
    stage.ifPresent(open -> open.set(vips));
  }

  private void report(Set<ObjectKey> touched) {
    writes.ifPresent(
        one -> {
          for (ObjectKey key : touched) {
            desk.subject(key).ifPresentOrElse(one::put, () -> one.remove(key));
          }
        });
  }

  private void decided(List<Verdict> verdicts) {
    report(desk.decided(verdicts));
  }

  /** Why nothing that is known counts any more, if that is so. */
  private Optional<String> silence() {
    long ofNode = nodeState.isPresent() ? nodes.silence() : 0;
    long longest = Math.max(ofNode, Math.max(services.silence(), slices.silence()));
    return config
        .contact()
        .keep()
        .filter(limit -> longest > limit.toNanos())
        .map(limit -> "nothing has been heard of the API server for " + DurationText.of(limit));
  }

  @Override
  public void close() {
    Runnable ending;
    synchronized (this) {
      stage = Optional.empty(); // Nothing is stated from here on.
      ending = unsubscribe;
      unsubscribe = () -> {};
      threads.forEach(Thread::interrupt);
      meters.ifPresent(ServiceMeters::close);
    }
    ending.run();
    long end = System.nanoTime() + CLOSE_LIMIT.toNanos();
    try {
      for (Thread thread : threads) {
        // The one that writes gives its Lease back, which may take longer than we may.
        thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    api.close();
  }
}
