package io.opsautomator.testkit.internal;

import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeResponse;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RebootInstancesResponse;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/** EC2 as one caller sees it in one account and region; used through {@link KnownCalls}. */
public final class EstateEc2 implements Ec2Client {
  private final InstanceCalls instances;
  private final InstanceReads instanceReads;
  private final Launches launches;
  private final VolumeCalls volumes;
  private final SnapshotCalls snapshots;
  private final SnapshotReads snapshotReads;
  private final TagCalls tags;
  private final Ec2Regions regions;

  public EstateEc2(Gateway gateway, Caller caller) {
    Ec2Desk desk = new Ec2Desk(gateway, caller);
    this.instances = new InstanceCalls(desk);
    this.instanceReads = new InstanceReads(desk);
    this.launches = new Launches(desk);
    this.volumes = new VolumeCalls(desk);
    this.snapshots = new SnapshotCalls(desk);
    this.snapshotReads = new SnapshotReads(desk);
    this.tags = new TagCalls(desk);
    this.regions = new Ec2Regions(desk);
  }

  @Override
  public StartInstancesResponse startInstances(StartInstancesRequest request) {
    return instances.start(request);
  }

  @Override
  public StopInstancesResponse stopInstances(StopInstancesRequest request) {
    return instances.stop(request);
  }

  @Override
  public RebootInstancesResponse rebootInstances(RebootInstancesRequest request) {
    return instances.reboot(request);
  }

  @Override
  public TerminateInstancesResponse terminateInstances(TerminateInstancesRequest request) {
    return instances.terminate(request);
  }

  @Override
  public ModifyInstanceAttributeResponse modifyInstanceAttribute(
      ModifyInstanceAttributeRequest request) {
    return instances.modify(request);
  }

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    return instanceReads.instances(request);
  }

  @Override
  public DescribeInstanceStatusResponse describeInstanceStatus(
      DescribeInstanceStatusRequest request) {
    return instanceReads.status(request);
  }

  @Override
  public RunInstancesResponse runInstances(RunInstancesRequest request) {
    return launches.run(request);
  }

  @Override
  public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
    return volumes.describe(request);
  }

  @Override
  public CreateVolumeResponse createVolume(CreateVolumeRequest request) {
    return volumes.create(request);
  }

  @Override
  public CreateSnapshotResponse createSnapshot(CreateSnapshotRequest request) {
    return snapshots.create(request);
  }

  @Override
  public CreateSnapshotsResponse createSnapshots(CreateSnapshotsRequest request) {
    return snapshots.createAll(request);
  }

  @Override
  public DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
    return snapshots.delete(request);
  }

  @Override
  public ModifySnapshotAttributeResponse modifySnapshotAttribute(
      ModifySnapshotAttributeRequest request) {
    return snapshots.modify(request);
  }

  @Override
  public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
    return snapshotReads.describe(request);
  }

  @Override
  public DescribeSnapshotAttributeResponse describeSnapshotAttribute(
      DescribeSnapshotAttributeRequest request) {
    return snapshotReads.attribute(request);
  }

  @Override
  public CreateTagsResponse createTags(CreateTagsRequest request) {
    return tags.create(request);
  }

  @Override
  public DeleteTagsResponse deleteTags(DeleteTagsRequest request) {
    return tags.delete(request);
  }

  @Override
  public DescribeTagsResponse describeTags(DescribeTagsRequest request) {
    return tags.describe(request);
  }

  @Override
  public DescribeRegionsResponse describeRegions(DescribeRegionsRequest request) {
    return regions.regions(request);
  }

  @Override
  public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
    return regions.images(request);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // shared, and nothing to close
  }
}
