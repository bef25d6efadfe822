package io.opsautomator.testkit.internal;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Region;

/** What a region offers: its own name among the others, and machine images. */
final class Ec2Regions {
  /** An image that exists in every region and belongs to the service. */
  static final String BASE_IMAGE = "ami-0e57a7e0000000001";

  private static final String SERVICE = "137112412989"; // who owns the service's Linux images

  /** Those that every account has without asking for them. */
  private static final List<String> REGIONS =
      List.of(
          "ap-northeast-1",
          "ap-northeast-2",
          "ap-northeast-3",
          "ap-south-1",
          "ap-southeast-1",
          "ap-southeast-2",
          "ca-central-1",
          "eu-central-1",
          "eu-north-1",
          "eu-west-1",
          "eu-west-2",
          "eu-west-3",
          "sa-east-1",
          "us-east-1",
          "us-east-2",
          "us-west-1",
          "us-west-2");

  private final Ec2Desk desk;

  Ec2Regions(Ec2Desk desk) {
    this.desk = desk;
  }

  DescribeRegionsResponse regions(DescribeRegionsRequest r) {
    return desk.call(
        Attempt.read("DescribeRegions", r.dryRun()),
        visit -> {
          for (String name : r.regionNames()) {
            if (!REGIONS.contains(name)) {
              throw Refusal.value("region", name, "There is no such region.");
            }
          }
          return DescribeRegionsResponse.builder()
              .regions(
                  REGIONS.stream()
                      .filter(name -> r.regionNames().isEmpty() || r.regionNames().contains(name))
                      .map(Ec2Regions::region)
                      .toList())
              .build();
        });
  }

  private static Region region(String name) {
    return Region.builder()
        .regionName(name)
        .endpoint("ec2." + name + ".amazonaws.com")
        .optInStatus("opt-in-not-required")
        .build();
  }

  static void requireImage(Visit visit, String id) {
    if (!BASE_IMAGE.equals(id)
        && visit.world().find(SimulatedImage.class, visit.scope(), id).isEmpty()) {
      throw new Refusal("InvalidAMIID.NotFound", "The image id '[" + id + "]' does not exist");
    }
  }

  DescribeImagesResponse images(DescribeImagesRequest r) {
    Attempt attempt = Attempt.read("DescribeImages", r.dryRun()).on(r.imageIds());
    Page.Wanted wanted = new Page.Wanted("DescribeImages", r.maxResults(), r.nextToken());
    return desk.call(
        attempt,
        visit -> {
          wanted.requireNoIds(r.imageIds());
          r.imageIds().forEach(id -> requireImage(visit, id));
          Page<Image> page = Page.of(matching(visit, r), Image::imageId, wanted);
          return DescribeImagesResponse.builder()
              .images(page.items())
              .nextToken(page.next())
              .build();
        });
  }

  private static List<Image> matching(Visit visit, DescribeImagesRequest r) {
    Filters<Image> known =
        new Filters<Image>(it -> visit.tags(it.imageId()))
            .one("image-id", Image::imageId)
            .one("name", Image::name)
            .one("owner-id", Image::ownerId)
            .one("state", Image::stateAsString)
            .many("block-device-mapping.snapshot-id", Ec2Regions::snapshots);
    known.require(r.filters());
    return all(visit)
        .filter(it -> r.imageIds().isEmpty() || r.imageIds().contains(it.imageId()))
        .filter(it -> ownedBy(visit, r.owners(), it))
        .filter(it -> known.matches(r.filters(), it))
        .sorted(Comparator.comparing(Image::imageId))
        .toList();
  }

  private static boolean ownedBy(Visit visit, List<String> owners, Image it) {
    return owners.isEmpty()
        || owners.contains(it.ownerId())
        || (owners.contains("self") && it.ownerId().equals(visit.account()))
        || (owners.contains("amazon") && it.ownerId().equals(SERVICE));
  }

  private static Stream<Image> all(Visit visit) {
    Image base = image(BASE_IMAGE, "base", SERVICE).build();
    return Stream.concat(
        Stream.of(base),
        visit.world().all(SimulatedImage.class, visit.scope(), visit.now()).stream()
            .map(it -> shape(visit, it)));
  }

  private static Image shape(Visit visit, SimulatedImage it) {
    return image(it.id(), it.name(), visit.account())
        .blockDeviceMappings(it.snapshots().stream().map(Ec2Regions::device).toList())
        .tags(Tags.shape(visit.tags(it.id())))
        .build();
  }

  private static Image.Builder image(String id, String name, String owner) {
    return Image.builder()
        .imageId(id)
        .name(name)
        .ownerId(owner)
        .state("available")
        .architecture("x86_64")
        .rootDeviceName(SimulatedInstance.ROOT);
  }

  private static BlockDeviceMapping device(String snapshot) {
    return BlockDeviceMapping.builder()
        .deviceName(SimulatedInstance.ROOT)
        .ebs(ebs -> ebs.snapshotId(snapshot))
        .build();
  }

  private static List<String> snapshots(Image image) {
    return image.blockDeviceMappings().stream().map(it -> it.ebs().snapshotId()).toList();
  }
}
