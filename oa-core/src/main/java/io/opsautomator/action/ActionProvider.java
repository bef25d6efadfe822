package io.opsautomator.action;

import java.util.Collection;

/**
 * Contributes actions; found with {@link java.util.ServiceLoader}. Called once per engine or
 * generator.
 */
@FunctionalInterface
public interface ActionProvider {
  Collection<? extends Action<?>> actions(Services services);
}
