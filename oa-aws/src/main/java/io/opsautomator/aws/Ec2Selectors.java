package io.opsautomator.aws;

import io.opsautomator.action.Invocation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceSelector.Listing;
import io.opsautomator.resource.ResourceSelector.Query;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Selectors of what EC2 holds, one {@code Describe} call a page. Tag keys and values arrive without
 * surrounding blanks, as Ops Automator has always read them. Page sizes are the services' limits.
 * Thread-safe.
 */
public final class Ec2Selectors {
  private static final int INSTANCES_A_PAGE = 1000;
  private static final int VOLUMES_A_PAGE = 500;
  private static final int SNAPSHOTS_A_PAGE = 1000;

  /** What the service takes. */
  private static final int VALUES_A_FILTER = 200;

  private Ec2Selectors() {}

  /** All of them. */
  public static List<ResourceSelector<?>> of(AwsClients aws) {
    return List.of(instances(aws), volumes(aws), snapshots(aws));
  }

  /** Instances in every state but {@code terminated}. */
  public static ResourceSelector<Instance> instances(AwsClients aws) {
    return new Selector<>(
        Instance.TYPE,
        "instance-id",
        (caller, filters, token) ->
            instances(aws.client(Ec2Client.class, caller), caller, filters, token));
  }

  /** Volumes in every state. */
  public static ResourceSelector<Volume> volumes(AwsClients aws) {
    return new Selector<>(
        Volume.TYPE,
        "volume-id",
        (caller, filters, token) ->
            volumes(aws.client(Ec2Client.class, caller), caller, filters, token));
  }

  /** The account's own snapshots in every state: which states it takes is an action's choice. */
  public static ResourceSelector<Snapshot> snapshots(AwsClients aws) {
    return new Selector<>(
        Snapshot.TYPE,
        "snapshot-id",
        (caller, filters, token) ->
            snapshots(aws.client(Ec2Client.class, caller), caller, filters, token));
  }

  private interface Page<R extends Record> {
    Listing<R> list(Invocation caller, List<Filter> filters, Optional<String> token);
  }

  /**
   * @param id the filter that names single resources: one that is gone is no error to it
   */
  private record Selector<R extends Record>(ResourceType<R> type, String id, Page<R> page)
      implements ResourceSelector<R> {
    @Override
    public Listing<R> list(Invocation caller, Query query, Optional<String> token) {
      return page.list(caller, filters(query), token);
    }

    @Override
    public Optional<List<Resource<R>>> find(Invocation caller, List<String> ids) {
      List<Resource<R>> found = new ArrayList<>();
      for (int from = 0; from < ids.size(); from += VALUES_A_FILTER) {
        List<String> some = ids.subList(from, Math.min(ids.size(), from + VALUES_A_FILTER));
        List<Filter> only = List.of(filter(id, some.toArray(String[]::new)));
        Optional<String> token = Optional.empty();
        do {
          Listing<R> listing = page.list(caller, only, token);
          found.addAll(listing.resources());
          token = listing.next();
        } while (token.isPresent());
      }
      return Optional.of(found);
    }
  }

  private static Listing<Instance> instances(
      Ec2Client ec2, Invocation caller, List<Filter> filters, Optional<String> token) {
    Filter alive =
        filter("instance-state-name", "pending", "running", "shutting-down", "stopping", "stopped");
    DescribeInstancesResponse page =
        ec2.describeInstances(
            request ->
                request
                    .filters(with(filters, alive))
                    .maxResults(INSTANCES_A_PAGE)
                    .nextToken(token.orElse(null)));
    return new Listing<>(
        page.reservations().stream()
            .flatMap(reservation -> reservation.instances().stream())
            .map(instance -> resource(instance, caller.scope()))
            .toList(),
        next(page.nextToken()));
  }

  private static Resource<Instance> resource(
      software.amazon.awssdk.services.ec2.model.Instance instance, Scope scope) {
    Map<String, String> volumes = new LinkedHashMap<>();
    instance.blockDeviceMappings().stream()
        .filter(device -> device.ebs() != null)
        .forEach(device -> volumes.put(device.ebs().volumeId(), device.deviceName()));
    Instance attributes =
        new Instance(
            instance.state().nameAsString(),
            instance.instanceTypeAsString(),
            Optional.ofNullable(instance.rootDeviceName()).orElse(""),
            volumes);
    return new Resource<>(
        Instance.TYPE, instance.instanceId(), scope, tags(instance.tags()), attributes);
  }

  private static Listing<Volume> volumes(
      Ec2Client ec2, Invocation caller, List<Filter> filters, Optional<String> token) {
    DescribeVolumesResponse page =
        ec2.describeVolumes(
            request ->
                request.filters(filters).maxResults(VOLUMES_A_PAGE).nextToken(token.orElse(null)));
    return new Listing<>(
        page.volumes().stream().map(volume -> resource(volume, caller.scope())).toList(),
        next(page.nextToken()));
  }

  private static Resource<Volume> resource(
      software.amazon.awssdk.services.ec2.model.Volume volume, Scope scope) {
    Optional<String> instance =
        volume.attachments().stream()
            .flatMap(attachment -> Optional.ofNullable(attachment.instanceId()).stream())
            .findFirst();
    return new Resource<>(
        Volume.TYPE,
        volume.volumeId(),
        scope,
        tags(volume.tags()),
        new Volume(volume.stateAsString(), volume.size(), instance));
  }

  private static Listing<Snapshot> snapshots(
      Ec2Client ec2, Invocation caller, List<Filter> filters, Optional<String> token) {
    DescribeSnapshotsResponse page =
        ec2.describeSnapshots(
            request ->
                request
                    .ownerIds("self")
                    .filters(filters)
                    .maxResults(SNAPSHOTS_A_PAGE)
                    .nextToken(token.orElse(null)));
    return new Listing<>(
        page.snapshots().stream().map(snapshot -> resource(snapshot, caller.scope())).toList(),
        next(page.nextToken()));
  }

  private static Resource<Snapshot> resource(
      software.amazon.awssdk.services.ec2.model.Snapshot snapshot, Scope scope) {
    return new Resource<>(
        Snapshot.TYPE,
        snapshot.snapshotId(),
        scope,
        tags(snapshot.tags()),
        new Snapshot(
            snapshot.volumeId(),
            snapshot.startTime(),
            snapshot.stateAsString(),
            snapshot.volumeSize()));
  }

  private static List<Filter> filters(Query query) {
    return query.tagKey().map(key -> filter("tag-key", literally(key))).stream().toList();
  }

  private static List<Filter> with(List<Filter> filters, Filter always) {
    List<Filter> all = new ArrayList<>(filters);
    all.add(0, always);
    return all;
  }

  private static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  /** EC2's filters read stars, question marks and backslashes as patterns. */
  private static String literally(String value) {
    return value.replaceAll("([\\\\*?])", "\\\\$1");
  }

  private static Map<String, String> tags(List<Tag> tags) {
    Map<String, String> map = new LinkedHashMap<>();
    tags.forEach(
        tag -> map.put(tag.key().strip(), Optional.ofNullable(tag.value()).orElse("").strip()));
    return map;
  }

  /** The last page comes without a token, or with an empty one. */
  private static Optional<String> next(String token) {
    return Optional.ofNullable(token).filter(some -> !some.isEmpty());
  }
}
