package io.opsautomator.event;

/**
 * A kind of event: EventBridge source, detail type and name, such as {@code aws.ec2 / …
 * State-change Notification / stopped}.
 */
public record EventType(String source, String detailType, String name) {}
