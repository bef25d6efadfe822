package io.opsautomator.architecture.bad;

import software.amazon.awssdk.regions.Region;

public record DependsOnAws(Region region) {}
