package io.opsautomator.store;

import io.opsautomator.resource.Scope;

/** One page of the listing of one slice of a run. */
public record PageId(Scope slice, int number) {}
