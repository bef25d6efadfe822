package io.opsautomator.osgi.guest;

import io.opsautomator.action.Action;
import io.opsautomator.resource.ResourceSelector;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers an action, and what lists its resources, as services. */
public final class GuestActivator implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    context.registerService(Action.class, new SwitchOff(), new Hashtable<>());
    context.registerService(ResourceSelector.class, new Lamps(), new Hashtable<>());
  }

  @Override
  public void stop(BundleContext context) {
    // The framework takes the services back.
  }
}
