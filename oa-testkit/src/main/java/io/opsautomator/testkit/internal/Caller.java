package io.opsautomator.testkit.internal;

import io.opsautomator.resource.Scope;
import java.util.function.BooleanSupplier;

/**
 * Who calls, and where.
 *
 * @param insideEffect asked at each call: whether an effect is running it
 */
public record Caller(Scope scope, BooleanSupplier insideEffect) {}
