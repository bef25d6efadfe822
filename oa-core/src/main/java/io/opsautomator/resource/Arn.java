package io.opsautomator.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The five parts of a resource's ARN that tell it from others. Region and account are those it is
 * worked on in, also where AWS leaves them out, as it does in the ARNs of snapshots.
 */
record Arn(String partition, String service, Scope scope, String resource) {
  static final int PARTS = 6;
  private static final String COMMERCIAL = "aws";

  /** By how the names of their regions begin. Source: the AWS SDK's partition metadata. */
  private static final Map<String, String> PARTITIONS = partitions();

  private static Map<String, String> partitions() {
    Map<String, String> partitions = new LinkedHashMap<>();
    partitions.put("cn-", "aws-cn");
    partitions.put("us-gov-", "aws-us-gov");
    partitions.put("us-iso-", "aws-iso");
    partitions.put("us-isob-", "aws-iso-b");
    partitions.put("eu-isoe-", "aws-iso-e");
    partitions.put("us-isof-", "aws-iso-f");
    partitions.put("eusc-", "aws-eusc");
    return partitions;
  }

  /** All there are, in order. */
  static Set<String> knownPartitions() {
    Set<String> known = new TreeSet<>(PARTITIONS.values());
    known.add(COMMERCIAL);
    return known;
  }

  static String partition(Scope.Region region) {
    return PARTITIONS.entrySet().stream()
        .filter(entry -> region.value().startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(COMMERCIAL);
  }

  /** Empty if neither its kind says how its ARN is formed nor its id is one. */
  static Optional<Arn> of(Resource<?> resource) {
    String id = resource.id();
    Optional<Arn> own = id.startsWith("arn:") ? parsed(id, resource.scope()) : Optional.empty();
    return own.or(
        () ->
            resource
                .type()
                .arn()
                .flatMap(form -> parsed(form, resource.scope()))
                .map(form -> form.of(id)));
  }

  private Arn of(String id) {
    return new Arn(partition, service, scope, resource.replace("*", id));
  }

  private static Optional<Arn> parsed(String arn, Scope scope) {
    String[] parts = arn.split(":", PARTS);
    return parts.length == PARTS
        ? Optional.of(new Arn(partition(scope.region()), parts[2], scope, parts[PARTS - 1]))
        : Optional.empty();
  }
}
