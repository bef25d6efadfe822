package io.opsautomator.dispatch;

public record ConcurrencyKey(String value) {}
